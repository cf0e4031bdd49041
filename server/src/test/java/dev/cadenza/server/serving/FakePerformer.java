package dev.cadenza.server.serving;

import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.PerformerChoices;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import dev.cadenza.generation.step.StepShape;
import dev.cadenza.notematrix.PerformerEncoding;
import java.util.Arrays;

/**
 * A model that chooses among classes without an engine: by bias, by noise, and by a taste that follows from all notes
 * before and from top-p and min-p. It keeps to the density that it is given. Of a given note, each attribute
 * has a log-probability of its own.
 */
public final class FakePerformer implements StepModel {
    private static final PerformerEncoding ENCODING = PerformerEncoding.STANDARD;
    private static final PerformerChoices CHOICES = new PerformerChoices(ENCODING);
    private static final int DENSITY_GIVEN = 14;

    private final Runnable beforeStep;

    public FakePerformer(Runnable beforeStep) {
        this.beforeStep = beforeStep;
    }

    @Override
    public ModelDescription description() {
        return new ModelDescription("performer", ENCODING.ticksPerSecond(), StepShape.performer(ENCODING));
    }

    @Override
    public State start(int rows) {
        return new Memory(new int[rows]);
    }

    @Override
    public StepOutput run(StepInput input, State state) {
        beforeStep.run();
        input.requireShape(description().shape());
        int[] memory = ((Memory) state).moods();
        int cells = input.steps() * input.rows();
        int[] next = new int[cells * ATTRIBUTES];
        float[] logp = new float[cells * ATTRIBUTES];
        for (int cell = 0; cell < cells; cell++) {
            int row = cell % input.rows();
            for (int k = 0; k < ATTRIBUTES; k++) {
                memory[row] = 31 * memory[row] + input.note()[cell * ATTRIBUTES + k];
            }
            int asked = Float.floatToIntBits(input.topP()[row]) ^ Float.floatToIntBits(input.minP()[row]) >>> 3;
            int mood = Math.floorMod(memory[row] + asked % 1009, 24);
            int[] chosen = {
                choose(input, cell, CHOICES.intervals(), 100, interval(input, cell)),
                21 + choose(input, cell, CHOICES.keys(), PerformerEncoding.KEYS, 30 + mood),
                ENCODING.velocity(choose(input, cell, CHOICES.velocities(), ENCODING.velocityClasses(), 16)),
                1 + choose(input, cell, CHOICES.durations() + 1, 99, 18)
            };
            for (int k = 0; k < ATTRIBUTES; k++) {
                int given = input.forced()[cell * ATTRIBUTES + k];
                next[cell * ATTRIBUTES + k] = given >= 0 ? given : chosen[k];
                logp[cell * ATTRIBUTES + k] = -0.1f * (k + 1) - 0.01f * mood;
            }
        }
        return new StepOutput(next, logp);
    }

    /** Ticks between notes of the density that is given. */
    private static int interval(StepInput input, int cell) {
        int at = cell * shapeOfControls();
        if (input.controls()[at + DENSITY_GIVEN] == 0) {
            return 20;
        }
        return (int) Math.round(100 / (Math.pow(65, input.controls()[at]) - 1));
    }

    private static int shapeOfControls() {
        return StepShape.performer(ENCODING).controlsWidth();
    }

    private static int choose(StepInput input, int cell, int first, int count, int favourite) {
        int row = cell % input.rows();
        int width = CHOICES.count();
        int best = 0;
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            float score = input.bias()[row * width + first + i]
                    + input.temperature()[row] * input.noise()[cell * width + first + i]
                    - 0.5f * Math.abs(i - favourite);
            if (score > highest) {
                highest = score;
                best = i;
            }
        }
        return best;
    }

    @Override
    public void close() {}

    @SuppressWarnings("ArrayRecordComponent") // Changed in place, never compared.
    private record Memory(int[] moods) implements State {
        @Override
        public int rows() {
            return moods.length;
        }

        @Override
        public State spread(int rows) {
            int[] copies = new int[rows];
            Arrays.fill(copies, moods[0]);
            return new Memory(copies);
        }

        @Override
        public void close() {}
    }
}
