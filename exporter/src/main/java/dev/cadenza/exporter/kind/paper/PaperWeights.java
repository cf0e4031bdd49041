package dev.cadenza.exporter.kind.paper;

/**
 * The parameters of the source paper's network, in ONNX's layout; all row-major. The gates are in ONNX's order: input,
 * output, forget, candidate.
 *
 * @param hidden units H of the LSTM
 * @param input {@code [4H, 3]}
 * @param recurrent {@code [4H, H]}
 * @param bias {@code [4H]}
 * @param output {@code [H, 3]}
 * @param outputBias {@code [3]}
 */
@SuppressWarnings("ArrayRecordComponent") // Megabytes on their way into a file, never compared.
record PaperWeights(int hidden, float[] input, float[] recurrent, float[] bias, float[] output, float[] outputBias) {
    PaperWeights {
        requireLength("input", input, 4L * hidden * 3);
        requireLength("recurrent", recurrent, 4L * hidden * hidden);
        requireLength("bias", bias, 4L * hidden);
        requireLength("output", output, 3L * hidden);
        requireLength("outputBias", outputBias, 3);
    }

    /** Numbers that training set. */
    long parameters() {
        return (long) input.length + recurrent.length + bias.length + output.length + outputBias.length;
    }

    private static void requireLength(String name, float[] values, long length) {
        if (values.length != length) {
            throw new IllegalArgumentException(name + " (" + values.length + " numbers) must have " + length);
        }
    }
}
