package dev.cadenza.generation.step;

import java.util.Arrays;

/**
 * What a run gets. All arrays are row-major; those that a model's {@link StepShape} gives no width are empty.
 *
 * @param steps 1..{@link StepModel#MAX_STEPS}
 * @param rows as many as the state was started with
 * @param note {@code [steps, rows, 4]}, the previous notes
 * @param forced {@code [steps, rows, 4]}, what the answers must be, or -1
 * @param noise {@code [steps, rows, noiseWidth]}
 * @param uniform {@code [steps, rows, uniformWidth]}, in [0, 1)
 * @param controls {@code [steps, rows, controlsWidth]}
 * @param bias {@code [rows, biasWidth]}, added to what choices weigh; -1e9 forbids
 * @param temperature {@code [rows]}, at least 0
 * @param topP {@code [rows]}, 0..1
 * @param minP {@code [rows]}, 0..1
 * @param seeds {@code [rows]}, the random seeds of the pieces, for a model that draws numbers itself
 */
@SuppressWarnings("ArrayRecordComponent") // A hot path: filled and read in place, never compared.
public record StepInput(
        int steps,
        int rows,
        int[] note,
        int[] forced,
        float[] noise,
        float[] uniform,
        float[] controls,
        float[] bias,
        float[] temperature,
        float[] topP,
        float[] minP,
        long[] seeds) {
    private static final float MIDDLE = 0.5f;

    public StepInput {
        if (steps < 1 || steps > StepModel.MAX_STEPS) {
            throw new IllegalArgumentException("steps (" + steps + ") must be 1.." + StepModel.MAX_STEPS);
        }
        requireLength("note", note.length, steps * rows * StepModel.ATTRIBUTES);
        requireLength("forced", forced.length, steps * rows * StepModel.ATTRIBUTES);
        requireLength("temperature", temperature.length, rows);
        requireLength("topP", topP.length, rows);
        requireLength("minP", minP.length, rows);
        requireLength("seeds", seeds.length, rows);
    }

    /** No note before, nothing forced, no noise, no bias, no control, temperature 1: to be filled in. */
    public static StepInput blank(StepShape shape, int steps, int rows) {
        int cells = steps * rows;
        int[] note = new int[cells * StepModel.ATTRIBUTES];
        Arrays.fill(note, StepModel.NONE);
        float[] uniform = new float[cells * shape.uniformWidth()];
        Arrays.fill(uniform, MIDDLE);
        float[] ones = new float[rows];
        Arrays.fill(ones, 1);
        return new StepInput(
                steps,
                rows,
                note,
                note.clone(),
                new float[cells * shape.noiseWidth()],
                uniform,
                new float[cells * shape.controlsWidth()],
                new float[rows * shape.biasWidth()],
                ones,
                ones.clone(),
                new float[rows],
                new long[rows]);
    }

    /**
     * Holds the widths against a model's.
     *
     * @throws IllegalArgumentException that names the first array that does not fit
     */
    public void requireShape(StepShape shape) {
        int cells = steps * rows;
        requireLength("noise", noise.length, cells * shape.noiseWidth());
        requireLength("uniform", uniform.length, cells * shape.uniformWidth());
        requireLength("controls", controls.length, cells * shape.controlsWidth());
        requireLength("bias", bias.length, rows * shape.biasWidth());
    }

    private static void requireLength(String name, int length, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException(name + " (" + length + " numbers) must have " + expected);
        }
    }
}
