package dev.cadenza.generation;

import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerControls;
import dev.cadenza.notematrix.PerformerEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A model that chooses among classes by bias and noise alone, with a performer's masks, and writes down what it is
 * asked. Its log-probabilities count the notes heard.
 */
final class FakePerformer implements StepModel {
    static final PerformerEncoding ENCODING = PerformerEncoding.STANDARD;
    private static final PerformerChoices CHOICES = new PerformerChoices(ENCODING);
    private static final int DURATIONS = ENCODING.durations().count();

    final List<int[]> notes = new ArrayList<>();
    final List<float[]> controls = new ArrayList<>();

    /** What is more likely, beside the bias: choice by choice. */
    final float[] taste = new float[CHOICES.count()];

    int runs;

    private static final class Heard implements State {
        private final KeyState[] keys;
        private final int[] lastKey;
        private final int[] count;

        Heard(int rows) {
            keys = new KeyState[rows];
            Arrays.setAll(keys, row -> new KeyState(ENCODING));
            lastKey = new int[rows];
            count = new int[rows];
        }

        @Override
        public int rows() {
            return keys.length;
        }

        @Override
        public void close() {}
    }

    @Override
    public String kind() {
        return "performer";
    }

    @Override
    public int ticksPerSecond() {
        return ENCODING.ticksPerSecond();
    }

    @Override
    public StepShape shape() {
        return StepShape.performer(ENCODING);
    }

    @Override
    public State start(int rows) {
        return new Heard(rows);
    }

    @Override
    public StepOutput run(StepInput input, State state) {
        input.requireShape(shape());
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
            step(input, heard, row, cell, next);
            Arrays.fill(logp, at, at + ATTRIBUTES, -1f - heard.count[row]++);
        }
        return new StepOutput(next, logp);
    }

    private void step(StepInput input, Heard heard, int row, int cell, int[] next) {
        int at = cell * ATTRIBUTES;
        boolean start = input.note()[at] == NONE;
        KeyState keys = heard.keys[row];
        if (start) {
            keys.clear();
        } else {
            keys.strike(input.note()[at], input.note()[at + 1] - 21, input.note()[at + 2], input.note()[at + 3]);
            heard.lastKey[row] = input.note()[at + 1] - 21;
        }
        int intervalClass = choose(
                input, row, cell, CHOICES.intervals(), ENCODING.intervals().count(), i -> true);
        int interval = forcedOr(input, at, ENCODING.intervals().start(intervalClass));
        boolean chord = interval == 0 && !start;
        int last = heard.lastKey[row];
        int key = choose(
                input,
                row,
                cell,
                CHOICES.keys(),
                PerformerEncoding.KEYS,
                k -> keys.remaining(k, interval) == 0 && !(chord && k <= last));
        int velocity = choose(input, row, cell, CHOICES.velocities(), ENCODING.velocityClasses(), i -> true);
        int duration = choose(
                input,
                row,
                cell,
                CHOICES.durations(),
                DURATIONS + 4,
                i -> i > 0 && (i < DURATIONS || copy(keys, i - DURATIONS, interval) > 0));
        next[at] = interval;
        next[at + 1] = forcedOr(input, at + 1, key + 21);
        next[at + 2] = forcedOr(input, at + 2, ENCODING.velocity(velocity));
        next[at + 3] = forcedOr(
                input,
                at + 3,
                duration < DURATIONS
                        ? ENCODING.durations().start(duration)
                        : copy(keys, duration - DURATIONS, interval));
    }

    private static int copy(KeyState keys, int which, int ahead) {
        return which < KeyState.LAST_ENDS ? keys.lastEnd(which, ahead) : keys.latestEnd(ahead);
    }

    private static int forcedOr(StepInput input, int at, int otherwise) {
        return input.forced()[at] >= 0 ? input.forced()[at] : otherwise;
    }

    private interface Allowed {
        boolean test(int choice);
    }

    private int choose(StepInput input, int row, int cell, int first, int count, Allowed allowed) {
        int width = CHOICES.count();
        int best = 0;
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            float score = taste[first + i]
                    + input.bias()[row * width + first + i]
                    + input.temperature()[row] * input.noise()[cell * width + first + i];
            if (allowed.test(i) && score > highest) {
                highest = score;
                best = i;
            }
        }
        return best;
    }

    @Override
    public void close() {}
}
