package dev.cadenza.trainer.performer;

import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Gives a performer that recalls nothing what it needs to: parameters that are zero, so that it says what it said. */
final class WithRecall {
    /** The LSTM's weights of its input [columns, 4 H]: their last rows are for what is recalled. */
    private static final String INPUT_WEIGHTS = "1_W";

    private WithRecall() {}

    /**
     * A network of that configuration with the parameters of another, and zeros where it has none.
     *
     * @throws IllegalArgumentException when they differ in more
     */
    static MultiLayerNetwork of(MultiLayerConfiguration configuration, MultiLayerNetwork from) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        for (Map.Entry<String, INDArray> entry : network.paramTable().entrySet()) {
            String name = entry.getKey();
            INDArray to = entry.getValue();
            INDArray values = from.paramTable().get(name);
            if (values == null) {
                to.assign(0);
            } else if (to.equalShapes(values)) {
                to.assign(values);
            } else if (name.equals(INPUT_WEIGHTS)
                    && to.size(1) == values.size(1)
                    && to.size(0) == PerformerInput.WIDTH
                    && values.size(0) == PerformerInput.WIDTH_WITHOUT_RECALL) {
                to.assign(0);
                to.get(NDArrayIndex.interval(0, values.size(0)), NDArrayIndex.all())
                        .assign(values);
            } else {
                throw new IllegalArgumentException("parameter " + name + " "
                        + java.util.Arrays.toString(values.shape()) + " must be "
                        + java.util.Arrays.toString(Objects.requireNonNull(to).shape()));
            }
        }
        return network;
    }
}
