package dev.cadenza.onnx;

import dev.cadenza.generation.step.StepModel;
import java.util.Arrays;

/**
 * Everything that a graph gets; all row-major.
 *
 * @param note int32 {@code [steps, rows, 4]}
 * @param forced int32 {@code [steps, rows, 4]}
 * @param noise {@code [steps, rows, noise width]}
 * @param temperature {@code [rows]}
 * @param h {@code [1, rows, hidden]}
 * @param c {@code [1, rows, hidden]}
 */
@SuppressWarnings("ArrayRecordComponent") // Tensors on their way into a run, never compared.
public record GraphInputs(
        int steps, int rows, int[] note, int[] forced, float[] noise, float[] temperature, float[] h, float[] c) {
    private static final int NOISE_WIDTH = 3;

    /** Notes from a zero state with no noise at temperature 1. */
    public static GraphInputs fromStart(int steps, int rows, int[] note, int[] forced, int hidden) {
        float[] temperature = new float[rows];
        Arrays.fill(temperature, 1);
        return new GraphInputs(
                steps,
                rows,
                note,
                forced,
                new float[steps * rows * NOISE_WIDTH],
                temperature,
                new float[rows * hidden],
                new float[rows * hidden]);
    }

    /** What {@code forced} must be for everything to be sampled. */
    public static int[] nothingForced(int steps, int rows) {
        int[] forced = new int[steps * rows * StepModel.ATTRIBUTES];
        Arrays.fill(forced, StepModel.NONE);
        return forced;
    }
}
