package dev.cadenza.generation;

import dev.cadenza.generation.reference.PerformerSampler;
import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.PerformerChoices;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import dev.cadenza.generation.step.StepShape;
import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerControls;
import dev.cadenza.notematrix.PerformerEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A model that chooses among classes by its taste, whatever was played, with a performer's masks, and writes down what it
 * is asked. Its log-probabilities count the notes heard.
 */
public final class FakePerformer implements StepModel, PerformerSampler.Heads {
    public static final PerformerEncoding ENCODING = PerformerEncoding.STANDARD;
    private static final PerformerChoices CHOICES = new PerformerChoices(ENCODING);
    private static final PerformerSampler SAMPLER = new PerformerSampler(ENCODING);

    public final List<int[]> notes = new ArrayList<>();
    public final List<float[]> controls = new ArrayList<>();

    /** The logits, choice by choice. */
    public final float[] taste = new float[CHOICES.count()];

    public int runs;

    private static final class Heard implements State {
        private final KeyState[] keys;
        private final int[] count;

        Heard(int rows) {
            keys = new KeyState[rows];
            Arrays.setAll(keys, row -> new KeyState(ENCODING));
            count = new int[rows];
        }

        @Override
        public int rows() {
            return keys.length;
        }

        @Override
        public State spread(int rows) {
            Heard copy = new Heard(rows);
            Arrays.setAll(copy.keys, row -> keys[0].copy());
            Arrays.fill(copy.count, count[0]);
            return copy;
        }

        @Override
        public void close() {}
    }

    @Override
    public ModelDescription description() {
        return new ModelDescription("performer", ENCODING.ticksPerSecond(), StepShape.performer(ENCODING));
    }

    @Override
    public State start(int rows) {
        return new Heard(rows);
    }

    @Override
    public StepOutput run(StepInput input, State state) {
        input.requireShape(description().shape());
        runs++;
        Heard heard = (Heard) state;
        int cells = input.steps() * input.rows();
        int[] next = new int[cells * ATTRIBUTES];
        float[] logp = new float[cells * ATTRIBUTES];
        for (int cell = 0; cell < cells; cell++) {
            int row = cell % input.rows();
            int at = cell * ATTRIBUTES;
            if (row == 0) {
                notes.add(Arrays.copyOfRange(input.note(), at, at + ATTRIBUTES));
                int width = PerformerControls.WIDTH;
                controls.add(Arrays.copyOfRange(input.controls(), cell * width, (cell + 1) * width));
            }
            step(input, heard.keys[row], row, cell, next);
            Arrays.fill(logp, at, at + ATTRIBUTES, -1f - heard.count[row]++);
        }
        return new StepOutput(next, logp);
    }

    private void step(StepInput input, KeyState keys, int row, int cell, int[] next) {
        int[] note = Arrays.copyOfRange(input.note(), cell * ATTRIBUTES, (cell + 1) * ATTRIBUTES);
        if (note[0] == NONE) {
            keys.clear();
        } else {
            keys.strike(note[0], note[1] - PerformerEncoding.LOWEST_PITCH, note[2], note[3]);
        }
        int[] chosen = SAMPLER.choose(this, keys, input, cell / input.rows(), row);
        System.arraycopy(chosen, 0, next, cell * ATTRIBUTES, ATTRIBUTES);
    }

    @Override
    public float[] interval() {
        return Arrays.copyOfRange(taste, CHOICES.intervals(), CHOICES.keys());
    }

    @Override
    public float[] pitch(int interval) {
        return Arrays.copyOfRange(taste, CHOICES.keys(), CHOICES.velocities());
    }

    @Override
    public float[] velocity(int interval, int pitch) {
        return Arrays.copyOfRange(taste, CHOICES.velocities(), CHOICES.durations());
    }

    @Override
    public float[] duration(int interval, int pitch, int velocity) {
        return Arrays.copyOfRange(taste, CHOICES.durations(), CHOICES.count());
    }

    @Override
    public void close() {}
}
