package dev.cadenza.exporter.kind.paper;

import dev.cadenza.notematrix.PaperEncoding;
import java.util.Map;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The source paper's network in DL4J, run on rows and read out in the layout of the graph's outputs. */
final class Dl4jRun {
    private final MultiLayerNetwork network;

    /** The network starts from a zero state. */
    Dl4jRun(MultiLayerNetwork network) {
        this.network = network;
        network.rnnClearPreviousState();
    }

    /**
     * One run from a zero state that leaves no state behind.
     *
     * @param rows {@code [steps, batch, 3]} row-major
     * @return the mean, {@code [steps, batch, 3]} row-major
     */
    float[] output(float[] rows, int steps, int batch) {
        return timeMajor(network.output(input(rows, steps, batch), false));
    }

    /** The same from the state that the last call left, which it advances. */
    float[] step(float[] rows, int steps, int batch) {
        return timeMajor(network.rnnTimeStep(input(rows, steps, batch)));
    }

    /** h, {@code [batch, hidden]} row-major. */
    float[] h() {
        return state(LSTM.STATE_KEY_PREV_ACTIVATION);
    }

    /** c, {@code [batch, hidden]} row-major. */
    float[] c() {
        return state(LSTM.STATE_KEY_PREV_MEMCELL);
    }

    private float[] state(String key) {
        Map<String, INDArray> state = network.rnnGetPreviousState(0);
        INDArray values = state == null ? null : state.get(key);
        if (values == null) {
            throw new IllegalStateException("the LSTM keeps no state " + key);
        }
        return rowMajor(values);
    }

    private static INDArray input(float[] rows, int steps, int batch) {
        return Nd4j.createFromArray(rows)
                .reshape('c', steps, batch, PaperEncoding.COLUMNS)
                .permute(1, 2, 0)
                .dup('f');
    }

    private static float[] timeMajor(INDArray output) {
        return rowMajor(output.permute(2, 0, 1));
    }

    private static float[] rowMajor(INDArray values) {
        return values.dup('c').data().asFloat();
    }
}
