package dev.cadenza.exporter.kind.performer;

import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerControls;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.Recall;
import java.util.Arrays;

/** What goes into a run of a performer's graph; arrays as the kind's inputs, row-major. */
record PerformerCall(
        int steps,
        int rows,
        int[] note,
        int[] forced,
        int[] keys,
        int[] ends,
        float[] controls,
        float[] h,
        float[] c,
        float[] noise,
        float[] uniform,
        float[] temperature,
        float[] topP,
        float[] minP,
        float[] bias,
        int[] recall) {
    static final int LOGITS = 372;
    static final int KEYS = PerformerEncoding.KEYS * KeyState.PER_KEY;

    /** The start of pieces, everything sampled without noise at temperature 1 with all choices. */
    static PerformerCall start(int steps, int rows, int hidden) {
        int cells = steps * rows;
        int[] keys = new int[cells * KEYS];
        int[] ends = new int[cells * KeyState.LAST_ENDS];
        KeyState silent = new KeyState(PerformerEncoding.STANDARD);
        for (int cell = 0; cell < cells; cell++) {
            silent.write(keys, cell * KEYS, ends, cell * KeyState.LAST_ENDS);
        }
        return new PerformerCall(
                steps,
                rows,
                filled(cells * 4, -1),
                filled(cells * 4, -1),
                keys,
                ends,
                new float[cells * PerformerControls.WIDTH],
                new float[rows * hidden],
                new float[rows * hidden],
                new float[cells * LOGITS],
                filled(cells * 3, 0.5f),
                filled(rows, 1f),
                filled(rows, 1f),
                new float[rows],
                new float[rows * LOGITS],
                nothingRecalled(cells));
    }

    /** Another step after an answer to this one. */
    PerformerCall after(PerformerAnswer answer) {
        return new PerformerCall(
                steps,
                rows,
                answer.next(),
                forced,
                answer.keys(),
                answer.ends(),
                controls,
                answer.h(),
                answer.c(),
                noise,
                uniform,
                temperature,
                topP,
                minP,
                bias,
                recall);
    }

    /** The same with these settings, one for each row. */
    PerformerCall with(float[] newTemperature, float[] newTopP, float[] newMinP, float[] newBias) {
        return new PerformerCall(
                steps,
                rows,
                note,
                forced,
                keys,
                ends,
                controls,
                h,
                c,
                noise,
                uniform,
                newTemperature,
                newTopP,
                newMinP,
                newBias,
                recall);
    }

    /** The same with these random numbers. */
    PerformerCall with(float[] newNoise, float[] newUniform) {
        return new PerformerCall(
                steps,
                rows,
                note,
                forced,
                keys,
                ends,
                controls,
                h,
                c,
                newNoise,
                newUniform,
                temperature,
                topP,
                minP,
                bias,
                recall);
    }

    /** The same with these numbers given. */
    PerformerCall with(int[] newForced) {
        return new PerformerCall(
                steps,
                rows,
                note,
                newForced,
                keys,
                ends,
                controls,
                h,
                c,
                noise,
                uniform,
                temperature,
                topP,
                minP,
                bias,
                recall);
    }

    /** One step of several, from another state of the LSTM. */
    PerformerCall step(int step, float[] fromH, float[] fromC) {
        return new PerformerCall(
                1,
                rows,
                part(note, step),
                part(forced, step),
                part(keys, step),
                part(ends, step),
                part(controls, step),
                fromH,
                fromC,
                part(noise, step),
                part(uniform, step),
                temperature,
                topP,
                minP,
                bias,
                part(recall, step));
    }

    private int[] part(int[] all, int step) {
        int width = all.length / steps;
        return Arrays.copyOfRange(all, step * width, (step + 1) * width);
    }

    private float[] part(float[] all, int step) {
        int width = all.length / steps;
        return Arrays.copyOfRange(all, step * width, (step + 1) * width);
    }

    /** Some rows of the batch, in that order. */
    PerformerCall rows(int... which) {
        return new PerformerCall(
                steps,
                which.length,
                pick(note, steps, which),
                pick(forced, steps, which),
                pick(keys, steps, which),
                pick(ends, steps, which),
                pick(controls, steps, which),
                pick(h, 1, which),
                pick(c, 1, which),
                pick(noise, steps, which),
                pick(uniform, steps, which),
                pick(temperature, 1, which),
                pick(topP, 1, which),
                pick(minP, 1, which),
                pick(bias, 1, which),
                pick(recall, steps, which));
    }

    private int[] pick(int[] all, int times, int[] which) {
        int width = all.length / times / rows;
        int[] picked = new int[times * which.length * width];
        for (int i = 0; i < times * which.length; i++) {
            int from = i / which.length * rows + which[i % which.length];
            System.arraycopy(all, from * width, picked, i * width, width);
        }
        return picked;
    }

    private float[] pick(float[] all, int times, int[] which) {
        int width = all.length / times / rows;
        float[] picked = new float[times * which.length * width];
        for (int i = 0; i < times * which.length; i++) {
            int from = i / which.length * rows + which[i % which.length];
            System.arraycopy(all, from * width, picked, i * width, width);
        }
        return picked;
    }

    static int[] filled(int count, int value) {
        int[] all = new int[count];
        Arrays.fill(all, value);
        return all;
    }

    static float[] filled(int count, float value) {
        float[] all = new float[count];
        Arrays.fill(all, value);
        return all;
    }

    private static int[] nothingRecalled(int cells) {
        int[] recall = new int[cells * Recall.WIDTH];
        for (int cell = 0; cell < cells; cell++) {
            Recall.writeNothing(recall, cell * Recall.WIDTH);
        }
        return recall;
    }
}
