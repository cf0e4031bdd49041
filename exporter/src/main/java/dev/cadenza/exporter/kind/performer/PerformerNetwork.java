package dev.cadenza.exporter.kind.performer;

import dev.cadenza.exporter.graph.Matrix;
import dev.cadenza.exporter.kind.LayerParameters;
import dev.cadenza.exporter.kind.LayerRules;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import dev.cadenza.trainer.performer.PerformerHeads;
import dev.cadenza.trainer.performer.PerformerInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A performer's network: {@link PerformerInput}, one LSTM (tanh, sigmoid gates), {@link PerformerHeads}. */
final class PerformerNetwork {
    private static final int HEADS = 4;

    private PerformerNetwork() {}

    /**
     * Takes the network's parameters out, the LSTM's in ONNX's layout.
     *
     * @throws UntranslatableNetworkException that names the first thing that is not as above
     */
    static PerformerWeights weights(MultiLayerNetwork network) throws UntranslatableNetworkException {
        LSTM lstm = check(network.getLayerWiseConfigurations());
        int hidden = Math.toIntExact(lstm.getNOut());
        LayerParameters input = LayerParameters.of(network, 0);
        LayerParameters recurrent = LayerParameters.of(network, 1);
        LayerParameters heads = LayerParameters.of(network, 2);
        int units = heads.values("bh").length / HEADS;
        Map<String, int[]> shapes =
                PerformerWeights.shapes(hidden, units, recalls(network.getLayerWiseConfigurations()));
        requireKnown(shapes.keySet(), 0, input);
        requireKnown(shapes.keySet(), 2, heads);
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        for (Map.Entry<String, int[]> shape : shapes.entrySet()) {
            String name = shape.getKey();
            int rows = shape.getValue()[0];
            int columns = shape.getValue()[1];
            LayerParameters owner = PerformerInput.EMBEDDINGS.contains(name) ? input : heads;
            matrices.put(name, new Matrix(rows, columns, owner.values(name, rows, columns)));
        }
        return new PerformerWeights(
                hidden,
                units,
                recurrent.gateRows("W", hidden),
                recurrent.gateRows("RW", hidden),
                recurrent.gateRows("b", hidden),
                matrices);
    }

    private static LSTM check(MultiLayerConfiguration configuration) throws UntranslatableNetworkException {
        LayerRules.requireNoPreprocessors(configuration);
        LayerRules.require(configuration, 0, Set.of(PerformerInput.class), PerformerInput.class.getName());
        LSTM lstm = LayerRules.requireLstm(configuration, 1);
        LayerRules.require(configuration, 2, Set.of(PerformerHeads.class), PerformerHeads.class.getName());
        LayerRules.requireNoFurther(configuration, 3);
        LayerRules.requireLstm(1, lstm, PerformerWeights.features(recalls(configuration)));
        return lstm;
    }

    private static boolean recalls(MultiLayerConfiguration configuration) {
        return configuration.getConf(2).getLayer() instanceof PerformerHeads heads && heads.isRecall();
    }

    private static void requireKnown(Set<String> known, int layer, LayerParameters parameters)
            throws UntranslatableNetworkException {
        for (String name : parameters.names()) {
            if (!known.contains(name)) {
                throw new UntranslatableNetworkException(
                        "layer " + layer + " has the parameter " + name + ", expected those of " + known);
            }
        }
    }
}
