package dev.cadenza.trainer.network;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** Which class computes a network's LSTM layers. Parameters and the updater's state are the same for both. */
public enum LstmLayers {
    /** {@link FusedLstm}. */
    FUSED(FusedLstm.class),
    /** DL4J's own {@link LSTM}. */
    DL4J(LSTM.class);

    private final Class<? extends LSTM> type;

    LstmLayers(Class<? extends LSTM> type) {
        this.type = type;
    }

    /** The same network with every LSTM layer computed by this class; itself when all are. */
    public MultiLayerNetwork in(MultiLayerNetwork network) {
        if (compute(network.getLayerWiseConfigurations())) {
            return network;
        }
        MultiLayerNetwork other = new MultiLayerNetwork(in(network.getLayerWiseConfigurations()));
        other.init(network.params(), true);
        INDArray updaterState =
                network.getUpdater(false) == null ? null : network.getUpdater().getStateViewArray();
        if (updaterState != null) {
            other.getUpdater().setStateViewArray(other, updaterState.dup(), false);
        }
        return other;
    }

    /** The same configuration with every LSTM layer of this class; itself when all are. */
    public MultiLayerConfiguration in(MultiLayerConfiguration configuration) {
        if (compute(configuration)) {
            return configuration;
        }
        MultiLayerConfiguration copy = configuration.clone();
        for (NeuralNetConfiguration conf : copy.getConfs()) {
            if (conf.getLayer() instanceof LSTM lstm) {
                conf.setLayer(as(type, lstm));
            }
        }
        return copy;
    }

    /**
     * Lets the fused layers of a network go back from the state that their pass forward started from.
     *
     * <p>DL4J's way back in truncated training starts each chunk from a zero state, whatever state the chunk itself
     * started from, and so does a fused layer without this call.
     *
     * @throws IllegalArgumentException when a recurrent layer is not a fused one
     */
    public static void followState(MultiLayerNetwork network) {
        for (Layer layer : network.getLayers()) {
            if (layer instanceof FusedLstmLayer fused) {
                fused.followState();
            } else if (layer instanceof RecurrentLayer) {
                throw new IllegalArgumentException("carrying a state needs fused LSTM layers: layer "
                        + layer.getIndex() + " (" + layer.getClass().getSimpleName()
                        + ") goes back from a zero state");
            }
        }
    }

    private boolean compute(MultiLayerConfiguration configuration) {
        return configuration.getConfs().stream()
                .map(NeuralNetConfiguration::getLayer)
                .filter(LSTM.class::isInstance)
                .allMatch(layer -> layer.getClass() == type);
    }

    /** Reads a layer's JSON as that of another class, which must have the same fields. */
    static <T extends LSTM> T as(Class<T> type, LSTM layer) {
        ObjectMapper mapper = NeuralNetConfiguration.mapper();
        try {
            ObjectNode json = (ObjectNode) mapper.readTree(mapper.writeValueAsString(layer));
            json.put("@class", type.getName());
            return type.cast(mapper.treeToValue(json, org.deeplearning4j.nn.conf.layers.Layer.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("LSTM layer " + layer + " does not survive its own JSON", e);
        }
    }
}
