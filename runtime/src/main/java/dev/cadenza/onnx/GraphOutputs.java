package dev.cadenza.onnx;

/**
 * Everything that a graph of kind {@code paper} answers; all row-major.
 *
 * @param next {@code [steps, rows, 4]}
 * @param mean {@code [steps, rows, 3]}, scaled to 0..1
 * @param logp {@code [steps, rows, 3]}, nats
 * @param h {@code [1, rows, hidden]}
 * @param c {@code [1, rows, hidden]}
 */
@SuppressWarnings("ArrayRecordComponent") // Tensors on their way out of a run, never compared.
public record GraphOutputs(int[] next, float[] mean, float[] logp, float[] h, float[] c) {}
