package dev.cadenza.server.serving;

import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import dev.cadenza.generation.step.StepShape;
import java.util.Arrays;

/**
 * A model whose next note follows from all notes before it and the noise, row by row, without an engine. What a test
 * wants to happen before every step happens in {@code beforeStep}.
 */
public final class FakeStepModel implements StepModel {
    private static final int NOISE_WIDTH = 3;

    private final Runnable beforeStep;

    public FakeStepModel(Runnable beforeStep) {
        this.beforeStep = beforeStep;
    }

    @Override
    public ModelDescription description() {
        return new ModelDescription("paper", 1000, StepShape.regression(NOISE_WIDTH));
    }

    @Override
    public State start(int rows) {
        return new Memory(new int[rows]);
    }

    @Override
    public StepOutput run(StepInput input, State state) {
        int steps = input.steps();
        int rows = input.rows();
        int[] note = input.note();
        int[] forced = input.forced();
        float[] noise = input.noise();
        float[] temperature = input.temperature();
        beforeStep.run();
        int[] memory = ((Memory) state).rows;
        int[] next = new int[steps * rows * ATTRIBUTES];
        float[] logp = new float[steps * rows * NOISE_WIDTH];
        for (int i = 0; i < steps * rows; i++) {
            int row = i % rows;
            for (int k = 0; k < ATTRIBUTES; k++) {
                memory[row] = 31 * memory[row] + note[i * ATTRIBUTES + k];
            }
            int mood = Math.floorMod(memory[row], 24);
            float t = temperature[row];
            int[] sampled = {
                clamp(120 + 5 * mood + 60 * t * noise[i * NOISE_WIDTH], 0, 1000),
                clamp(52 + mood + 5 * t * noise[i * NOISE_WIDTH + 1], 21, 108),
                clamp(64 + 10 * t * noise[i * NOISE_WIDTH + 2], 1, 127),
                250
            };
            for (int k = 0; k < ATTRIBUTES; k++) {
                int given = forced[i * ATTRIBUTES + k];
                next[i * ATTRIBUTES + k] = given >= 0 ? given : sampled[k];
            }
            for (int k = 0; k < NOISE_WIDTH; k++) {
                logp[i * NOISE_WIDTH + k] = -1 - 0.5f * noise[i * NOISE_WIDTH + k] * noise[i * NOISE_WIDTH + k];
            }
        }
        return new StepOutput(next, logp);
    }

    private static int clamp(float value, int low, int high) {
        return Math.max(low, Math.min(high, Math.round(value)));
    }

    @Override
    public void close() {}

    private static final class Memory implements State {
        private final int[] rows;

        Memory(int[] rows) {
            this.rows = rows;
        }

        @Override
        public int rows() {
            return rows.length;
        }

        @Override
        public State spread(int count) {
            int[] copies = new int[count];
            Arrays.fill(copies, rows[0]);
            return new Memory(copies);
        }

        @Override
        public void close() {}
    }
}
