package dev.cadenza.exporter.kind.roll;

import dev.cadenza.exporter.graph.Matrix;
import dev.cadenza.trainer.roll.RollArchitecture;
import java.util.Map;
import java.util.Objects;

/**
 * A piano-roll network's parameters; all row-major.
 *
 * @param hidden units H of the time axis
 * @param input {@code [4H, inputs]}, gates in ONNX's order
 * @param recurrent {@code [4H, H]}, gates in ONNX's order
 * @param bias {@code [4H]}, gates in ONNX's order
 * @param head by their names in DL4J, in its layout
 */
@SuppressWarnings("ArrayRecordComponent") // Megabytes on their way into a file, never compared.
record RollWeights(
        RollArchitecture architecture,
        int hidden,
        float[] input,
        float[] recurrent,
        float[] bias,
        Map<String, Matrix> head) {
    RollWeights {
        head = Map.copyOf(head);
    }

    /** A parameter of the head. */
    Matrix head(String name) {
        return Objects.requireNonNull(head.get(name), name);
    }

    /** Numbers of h of one row: the tied LSTM has one state for each key. */
    int state() {
        return hidden * architecture.rows();
    }

    /** Numbers that training set. */
    long parameters() {
        long sum = (long) input.length + recurrent.length + bias.length;
        for (Matrix matrix : head.values()) {
            sum += matrix.values().length;
        }
        return sum;
    }
}
