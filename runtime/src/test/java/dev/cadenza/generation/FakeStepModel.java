package dev.cadenza.generation;

import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import dev.cadenza.generation.step.StepShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A model that answers with what its rule says for the previous note, how many notes it has heard and its noise, and
 * writes down everything that it is asked.
 */
final class FakeStepModel implements StepModel {
    static final int TICKS_PER_SECOND = 1000;
    static final int NOISE_WIDTH = 3;

    /** Chooses the next note. */
    interface Rule {
        int[] next(int[] previous, int heard, float[] noise, float temperature);
    }

    /** One step of one row. */
    record Asked(List<Integer> note, List<Integer> forced, List<Float> noise, int heard) {}

    final List<Integer> runs = new ArrayList<>();
    final List<List<Asked>> rows = new ArrayList<>();
    private final Rule rule;
    private int open;

    FakeStepModel(Rule rule) {
        this.rule = rule;
    }

    /** States that are not closed yet. */
    int openStates() {
        return open;
    }

    @Override
    public ModelDescription description() {
        return new ModelDescription("fake", TICKS_PER_SECOND, StepShape.regression(NOISE_WIDTH));
    }

    @Override
    public State start(int count) {
        rows.clear();
        for (int row = 0; row < count; row++) {
            rows.add(new ArrayList<>());
        }
        open++;
        return new Heard(count);
    }

    @Override
    public StepOutput run(StepInput input, State state) {
        int steps = input.steps();
        int count = input.rows();
        int[] note = input.note();
        int[] forced = input.forced();
        float[] noise = input.noise();
        float[] temperature = input.temperature();
        runs.add(steps);
        Heard heard = (Heard) state;
        int[] next = new int[steps * count * ATTRIBUTES];
        float[] logp = new float[steps * count * NOISE_WIDTH];
        for (int step = 0; step < steps; step++) {
            for (int row = 0; row < count; row++) {
                int cell = step * count + row;
                int[] previous = Arrays.copyOfRange(note, cell * ATTRIBUTES, (cell + 1) * ATTRIBUTES);
                int[] given = Arrays.copyOfRange(forced, cell * ATTRIBUTES, (cell + 1) * ATTRIBUTES);
                float[] drawn = Arrays.copyOfRange(noise, cell * NOISE_WIDTH, (cell + 1) * NOISE_WIDTH);
                rows.get(row).add(new Asked(list(previous), list(given), list(drawn), heard.notes[row]));
                int[] chosen = rule.next(previous, heard.notes[row], drawn, temperature[row]);
                for (int i = 0; i < ATTRIBUTES; i++) {
                    next[cell * ATTRIBUTES + i] = given[i] >= 0 ? given[i] : chosen[i];
                }
                Arrays.fill(logp, cell * NOISE_WIDTH, (cell + 1) * NOISE_WIDTH, -heard.notes[row] - 1f);
                heard.notes[row]++;
            }
        }
        return new StepOutput(next, logp);
    }

    @Override
    public void close() {}

    private static List<Integer> list(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static List<Float> list(float[] values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }

    private final class Heard implements State {
        private final int[] notes;

        Heard(int rows) {
            notes = new int[rows];
        }

        @Override
        public int rows() {
            return notes.length;
        }

        @Override
        public State spread(int count) {
            while (FakeStepModel.this.rows.size() < count) {
                FakeStepModel.this.rows.add(new ArrayList<>(FakeStepModel.this.rows.get(0)));
            }
            open++;
            Heard copy = new Heard(count);
            Arrays.fill(copy.notes, notes[0]);
            return copy;
        }

        @Override
        public void close() {
            open--;
        }
    }
}
