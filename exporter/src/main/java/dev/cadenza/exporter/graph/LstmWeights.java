package dev.cadenza.exporter.graph;

/**
 * An LSTM's parameters in ONNX's layout, row-major, the gates in the order input, output, forget, candidate.
 *
 * @param hidden units H
 * @param input {@code [4H, X]}
 * @param recurrent {@code [4H, H]}
 * @param bias {@code [4H]}
 */
@SuppressWarnings("ArrayRecordComponent") // Megabytes on their way into a file, never compared.
public record LstmWeights(int hidden, float[] input, float[] recurrent, float[] bias) {
    /** Width X of what goes in. */
    int features() {
        return input.length / (4 * hidden);
    }
}
