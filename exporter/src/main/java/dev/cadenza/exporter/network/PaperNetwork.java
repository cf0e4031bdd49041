package dev.cadenza.exporter.network;

import dev.cadenza.exporter.graph.PaperWeights;
import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.trainer.lstm.FusedLstm;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * The seed's network: one LSTM (tanh, sigmoid gates), one linear output layer. What acts in training alone (dropout,
 * constraints, regularisation, updaters) has no part in a translation; anything else must be exactly this.
 *
 * <p>DL4J keeps an LSTM's parameters by column blocks in the order candidate, forget, output, input, as {@code [in, 4H]};
 * ONNX wants row blocks input, output, forget, candidate, as {@code [4H, in]}: the blocks 3, 2, 1, 0, transposed.
 */
public final class PaperNetwork {
    private static final int GATES = 4;

    /** The same function, computed in two ways. */
    private static final Set<Class<?>> LSTMS = Set.of(LSTM.class, FusedLstm.class);

    private PaperNetwork() {}

    /**
     * Takes the network's parameters out, in ONNX's layout.
     *
     * @throws UntranslatableNetworkException that names the first thing that is not as above
     */
    public static PaperWeights weights(MultiLayerNetwork network) throws UntranslatableNetworkException {
        LSTM lstm = check(network.getLayerWiseConfigurations());
        if (network.params().dataType() != DataType.FLOAT) {
            throw new UntranslatableNetworkException(
                    "parameters are " + network.params().dataType() + ", expected FLOAT");
        }
        int hidden = Math.toIntExact(lstm.getNOut());
        Map<String, INDArray> recurrent = network.getLayer(0).paramTable();
        Map<String, INDArray> output = network.getLayer(1).paramTable();
        return new PaperWeights(
                hidden,
                gateRows(param(recurrent, 0, "W"), hidden),
                gateRows(param(recurrent, 0, "RW"), hidden),
                gateRows(param(recurrent, 0, "b"), hidden),
                rowMajor(param(output, 1, "W")),
                rowMajor(param(output, 1, "b")));
    }

    private static LSTM check(MultiLayerConfiguration configuration) throws UntranslatableNetworkException {
        int layers = configuration.getConfs().size();
        if (!configuration.getInputPreProcessors().isEmpty()) {
            throw new UntranslatableNetworkException(
                    "input preprocessors " + configuration.getInputPreProcessors() + ", expected none");
        }
        if (layers < 1 || !LSTMS.contains(configuration.getConf(0).getLayer().getClass())) {
            throw unexpected(configuration, 0, LSTM.class.getName() + " or " + FusedLstm.class.getName());
        }
        if (layers < 2 || configuration.getConf(1).getLayer().getClass() != RnnOutputLayer.class) {
            throw unexpected(configuration, 1, "org.deeplearning4j.nn.conf.layers.RnnOutputLayer");
        }
        if (layers > 2) {
            throw unexpected(configuration, 2, "no further layer");
        }
        LSTM lstm = (LSTM) configuration.getConf(0).getLayer();
        checkLstm(lstm);
        checkOutput((RnnOutputLayer) configuration.getConf(1).getLayer());
        return lstm;
    }

    private static UntranslatableNetworkException unexpected(
            MultiLayerConfiguration configuration, int layer, String expected) {
        String actual = layer < configuration.getConfs().size()
                ? configuration.getConf(layer).getLayer().getClass().getName()
                : "missing";
        return new UntranslatableNetworkException("layer " + layer + " is " + actual + ", expected " + expected);
    }

    private static void checkLstm(LSTM lstm) throws UntranslatableNetworkException {
        require(0, "input width", PaperEncoding.COLUMNS, lstm.getNIn());
        requireType(0, "activation", ActivationTanH.class, lstm.getActivationFn());
        requireType(0, "gate activation", ActivationSigmoid.class, lstm.getGateActivationFn());
        require(0, "data format", RNNFormat.NCW, lstm.getRnnDataFormat());
        requireNoWeightNoise(0, lstm);
    }

    private static void checkOutput(RnnOutputLayer output) throws UntranslatableNetworkException {
        require(1, "output width", PaperEncoding.COLUMNS, output.getNOut());
        requireType(1, "activation", ActivationIdentity.class, output.getActivationFn());
        requireType(1, "loss", LossMSE.class, output.getLossFn());
        require(1, "data format", RNNFormat.NCW, output.getRnnDataFormat());
        require(1, "bias", true, output.hasBias());
        requireNoWeightNoise(1, output);
    }

    private static void requireNoWeightNoise(int layer, BaseLayer conf) throws UntranslatableNetworkException {
        if (conf.getWeightNoise() != null) {
            throw new UntranslatableNetworkException(
                    describe(layer, conf) + " has weight noise " + conf.getWeightNoise() + ", expected none");
        }
    }

    private static void requireType(int layer, String what, Class<?> expected, Object actual)
            throws UntranslatableNetworkException {
        if (actual.getClass() != expected) {
            throw new UntranslatableNetworkException("layer " + layer + " has the " + what + " "
                    + actual.getClass().getSimpleName() + ", expected " + expected.getSimpleName());
        }
    }

    private static void require(int layer, String what, Object expected, Object actual)
            throws UntranslatableNetworkException {
        if (!expected.toString().equals(String.valueOf(actual))) {
            throw new UntranslatableNetworkException(
                    "layer " + layer + " has the " + what + " " + actual + ", expected " + expected);
        }
    }

    private static String describe(int layer, Layer conf) {
        return "layer " + layer + " (" + conf.getClass().getSimpleName() + ")";
    }

    private static INDArray param(Map<String, INDArray> table, int layer, String name)
            throws UntranslatableNetworkException {
        INDArray param = table.get(name);
        if (param == null) {
            throw new UntranslatableNetworkException("layer " + layer + " has no parameter " + name);
        }
        for (float value : rowMajor(param)) {
            if (!Float.isFinite(value)) {
                throw new UntranslatableNetworkException("layer " + layer + ", parameter " + name + " holds " + value);
            }
        }
        return param;
    }

    /** {@code [n, 4H]} with column blocks g, f, o, i to {@code [4H, n]} with row blocks i, o, f, g. */
    private static float[] gateRows(INDArray param, int hidden) {
        float[] from = rowMajor(param);
        int columns = GATES * hidden;
        int inputs = from.length / columns;
        float[] to = new float[from.length];
        for (int gate = 0; gate < GATES; gate++) {
            for (int unit = 0; unit < hidden; unit++) {
                int column = (GATES - 1 - gate) * hidden + unit;
                int row = gate * hidden + unit;
                for (int input = 0; input < inputs; input++) {
                    to[row * inputs + input] = from[input * columns + column];
                }
            }
        }
        return to;
    }

    private static float[] rowMajor(INDArray param) {
        return param.dup('c').data().asFloat();
    }
}
