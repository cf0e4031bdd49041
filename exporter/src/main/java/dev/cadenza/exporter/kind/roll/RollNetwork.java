package dev.cadenza.exporter.kind.roll;

import dev.cadenza.exporter.graph.Matrix;
import dev.cadenza.exporter.kind.LayerParameters;
import dev.cadenza.exporter.kind.LayerRules;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.roll.KeyFeatures;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.roll.head.NadeHead;
import dev.cadenza.trainer.roll.head.NoteAxisHead;
import dev.cadenza.trainer.roll.head.RollHead;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;

/** A piano-roll network: one LSTM (tanh, sigmoid gates) and the architecture's head. */
final class RollNetwork {
    private static final int GATES = 4;

    private RollNetwork() {}

    /**
     * Takes the network's parameters out.
     *
     * @throws UntranslatableNetworkException that names the first thing that is not as above
     */
    static RollWeights weights(RollArchitecture architecture, MultiLayerNetwork network)
            throws UntranslatableNetworkException {
        MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
        LayerRules.requireNoPreprocessors(configuration);
        LSTM lstm = LayerRules.requireLstm(configuration, 0);
        Class<?> headClass = switch (architecture) {
            case LSTM -> RnnOutputLayer.class;
            case TP_LSTM_NADE -> NadeHead.class;
            case BALSTM -> NoteAxisHead.class;
        };
        Object head = LayerRules.require(configuration, 1, Set.of(headClass), headClass.getName());
        LayerRules.requireNoFurther(configuration, 2);
        LayerRules.requireLstm(
                0, lstm, architecture.tied() ? KeyFeatures.WIDTH : PianoRoll.KEYS + KeyFeatures.BEAT_BITS);
        int hidden = Math.toIntExact(lstm.getNOut());
        LayerParameters time = LayerParameters.of(network, 0);
        LayerParameters parameters = LayerParameters.of(network, 1);
        Map<String, int[]> shapes = head instanceof RollHead tied
                ? shapes(architecture, hidden, tied.getUnits())
                : plainShapes((RnnOutputLayer) head, hidden);
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        for (String name : parameters.names()) {
            int[] shape = shapes.get(name);
            if (shape == null) {
                throw new UntranslatableNetworkException(
                        "layer 1 has the parameter " + name + ", expected those of " + shapes.keySet());
            }
            // DL4J's own bias has one dim, ours two.
            boolean vector = !architecture.tied() && shape[0] == 1;
            float[] values = vector ? parameters.values(name) : parameters.values(name, shape[0], shape[1]);
            matrices.put(name, new Matrix(shape[0], shape[1], values));
        }
        return new RollWeights(
                architecture,
                hidden,
                time.gateRows("W", hidden),
                time.gateRows("RW", hidden),
                time.gateRows("b", hidden),
                matrices);
    }

    private static Map<String, int[]> plainShapes(RnnOutputLayer output, int hidden)
            throws UntranslatableNetworkException {
        LayerRules.require(1, "output width", PianoRoll.KEYS, output.getNOut());
        LayerRules.requireType(1, "activation", ActivationSigmoid.class, output.getActivationFn());
        LayerRules.require(1, "data format", RNNFormat.NCW, output.getRnnDataFormat());
        LayerRules.require(1, "bias", true, output.hasBias());
        LayerRules.requireNoWeightNoise(1, output);
        return Map.of("W", new int[] {hidden, PianoRoll.KEYS}, "b", new int[] {1, PianoRoll.KEYS});
    }

    private static Map<String, int[]> shapes(RollArchitecture architecture, int hidden, int units) {
        int gates = GATES * units;
        return architecture == RollArchitecture.TP_LSTM_NADE
                ? Map.of(
                        "W", new int[] {hidden, units},
                        "V", new int[] {NadeHead.REACH, units},
                        "b", new int[] {1, units},
                        "u", new int[] {units, 1},
                        "uh", new int[] {hidden, 1},
                        "ux", new int[] {NadeHead.REACH, 1},
                        "c", new int[] {1, 1})
                : Map.of(
                        "W1", new int[] {hidden + 1, gates},
                        "R1", new int[] {units, gates},
                        "b1", new int[] {1, gates},
                        "W2", new int[] {units, gates},
                        "R2", new int[] {units, gates},
                        "b2", new int[] {1, gates},
                        "w", new int[] {units, 1},
                        "c", new int[] {1, 1});
    }
}
