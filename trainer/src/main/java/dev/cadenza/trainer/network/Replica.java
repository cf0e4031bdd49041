package dev.cadenza.trainer.network;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One network at work on its share, and the state that it carries. One thread at a time. */
final class Replica {
    private final MultiLayerNetwork network;
    private CarriedState carried = CarriedState.NONE;

    /** A copy of a network that shares its parameters. */
    Replica(MultiLayerNetwork original) {
        network = new MultiLayerNetwork(original.getLayerWiseConfigurations().clone());
        network.init(original.params(), false);
        if (truncated()) {
            LstmLayers.followState(network);
        }
    }

    MultiLayerNetwork network() {
        return network;
    }

    CarriedState carried() {
        return carried;
    }

    void carry(CarriedState state) {
        carried = state;
    }

    private boolean truncated() {
        return network.getLayerWiseConfigurations().getBackpropType() == BackpropType.TruncatedBPTT;
    }

    /**
     * Computes gradient and score of a share.
     *
     * @return its rows
     */
    int compute(Share share) {
        boolean[] fresh = share.fresh();
        if ((fresh != null) != truncated()) {
            throw new IllegalArgumentException(
                    "a state is carried by networks with truncated backpropagation, and by them alone");
        }
        Nd4j.getRandom().setSeed(share.randomSeed());
        network.setInput(share.features());
        network.setLabels(share.labels());
        network.setLayerMaskArrays(null, share.mask());
        if (fresh == null) {
            network.computeGradientAndScore();
            return share.rows();
        }
        give(carried.without(fresh));
        network.computeGradientAndScore();
        carried = take();
        // Measuring between updates has states of its own.
        network.rnnClearPreviousState();
        return share.rows();
    }

    private void give(CarriedState state) {
        network.rnnClearPreviousState();
        state.layers().forEach((index, of) -> {
            RecurrentLayer layer = (RecurrentLayer) network.getLayer(index);
            // The same arrays in both: the forward pass reads one, the pass back the other.
            layer.rnnSetPreviousState(of);
            layer.rnnSetTBPTTState(of);
        });
    }

    private CarriedState take() {
        Map<Integer, Map<String, INDArray>> layers = new HashMap<>();
        for (int index = 0; index < network.getnLayers(); index++) {
            if (network.getLayer(index) instanceof RecurrentLayer layer
                    && !layer.rnnGetTBPTTState().isEmpty()) {
                layers.put(index, layer.rnnGetTBPTTState());
            }
        }
        return new CarriedState(layers);
    }

    void clear() {
        network.clearLayerMaskArrays();
        network.clearLayersStates();
        network.setInput(null);
        network.setLabels(null);
    }
}
