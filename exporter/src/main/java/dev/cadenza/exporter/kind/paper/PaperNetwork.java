package dev.cadenza.exporter.kind.paper;

import dev.cadenza.exporter.kind.LayerParameters;
import dev.cadenza.exporter.kind.LayerRules;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import dev.cadenza.notematrix.PaperEncoding;
import java.util.Set;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * The source paper's network: one LSTM (tanh, sigmoid gates), one linear output layer. What acts in training alone
 * (dropout, constraints, regularisation, updaters) has no part in a translation; anything else must be exactly this.
 */
final class PaperNetwork {
    private PaperNetwork() {}

    /**
     * Takes the network's parameters out, in ONNX's layout.
     *
     * @throws UntranslatableNetworkException that names the first thing that is not as above
     */
    static PaperWeights weights(MultiLayerNetwork network) throws UntranslatableNetworkException {
        LSTM lstm = check(network.getLayerWiseConfigurations());
        int hidden = Math.toIntExact(lstm.getNOut());
        LayerParameters recurrent = LayerParameters.of(network, 0);
        LayerParameters output = LayerParameters.of(network, 1);
        return new PaperWeights(
                hidden,
                recurrent.gateRows("W", hidden),
                recurrent.gateRows("RW", hidden),
                recurrent.gateRows("b", hidden),
                output.values("W"),
                output.values("b"));
    }

    private static LSTM check(MultiLayerConfiguration configuration) throws UntranslatableNetworkException {
        LayerRules.requireNoPreprocessors(configuration);
        LSTM lstm = LayerRules.requireLstm(configuration, 0);
        RnnOutputLayer output = (RnnOutputLayer)
                LayerRules.require(configuration, 1, Set.of(RnnOutputLayer.class), RnnOutputLayer.class.getName());
        LayerRules.requireNoFurther(configuration, 2);
        LayerRules.requireLstm(0, lstm, PaperEncoding.COLUMNS);
        LayerRules.require(1, "output width", PaperEncoding.COLUMNS, output.getNOut());
        LayerRules.requireType(1, "activation", ActivationIdentity.class, output.getActivationFn());
        LayerRules.requireType(1, "loss", LossMSE.class, output.getLossFn());
        LayerRules.require(1, "data format", RNNFormat.NCW, output.getRnnDataFormat());
        LayerRules.require(1, "bias", true, output.hasBias());
        LayerRules.requireNoWeightNoise(1, output);
        return lstm;
    }
}
