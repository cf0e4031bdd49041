package dev.cadenza.onnx;

import dev.cadenza.generation.step.Noise;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.pianoroll.PianoRoll;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a piece of a piano-roll model is: the steps it has taken, the notes that have begun and not been answered yet, the
 * given ones that the graph has not had yet.
 */
final class RollTrack {
    private static final int KEYS = PianoRoll.KEYS;

    /** A note that has begun; {@code end} is -1 while it sounds. */
    private static final class Begun {
        final int key;
        final int onset;
        int end = -1;

        Begun(int key, int onset) {
            this.key = key;
            this.onset = onset;
        }

        Begun copy() {
            Begun copy = new Begun(key, onset);
            copy.end = end;
            return copy;
        }
    }

    /** A given note in steps. */
    private record Given(int onset, int end, int key) {}

    private final RollRules rules;
    private final List<Begun> begun = new ArrayList<>();
    private final List<Given> given = new ArrayList<>();
    private long givenTicks;
    private boolean told = true;
    private boolean[] before = new boolean[KEYS];
    private int position;
    private int lastOnset;
    private int silent;
    /** Steps since a key was last struck. */
    private int still;

    private float logp;
    private @Nullable Noise noise;

    RollTrack(RollRules rules) {
        this.rules = rules;
    }

    /** Takes the piece's random seed; later calls change nothing. */
    void seed(long seed) {
        if (noise == null) {
            // Published answers draw from a seed made of the first two normal numbers of the piece's own.
            Noise piece = new Noise(seed);
            long high = Float.floatToIntBits(piece.normal(0, 0));
            noise = new Noise(high << 32 | (Float.floatToIntBits(piece.normal(0, 1)) & 0xffffffffL));
        }
    }

    /** Remembers a given note; what was drawn ahead of it and not answered is dropped. */
    void given(int[] note, int at, int stepMillis) {
        begun.clear();
        givenTicks += note[at];
        int onset = Math.toIntExact(Math.min(Integer.MAX_VALUE / 2, Math.round(givenTicks / (double) stepMillis)));
        int length = Math.max(1, (int) Math.round(note[at + 3] / (double) stepMillis));
        given.add(new Given(
                onset, onset + Math.min(length, rules.longestPrompt()), note[at + 1] - PianoRoll.LOWEST_PITCH));
        told = false;
    }

    /**
     * Draws until a note is over, which it is within {@link RollRules#longestHold} + {@link RollRules#longestSilence} + {@link RollRules#longestNote} steps and two.
     *
     * @param next where the note goes: interval and duration in milliseconds
     * @return ln p of the steps that were drawn since the note before
     */
    float next(RollSteps steps, float temperature, int stepMillis, int[] next, int at) {
        if (!told) {
            tell(steps);
        }
        while (!ready()) {
            draw(steps, temperature);
        }
        Begun note = begun.remove(0);
        int end = note.end < 0 ? position : note.end;
        next[at] = (note.onset - lastOnset) * stepMillis;
        next[at + 1] = note.key + PianoRoll.LOWEST_PITCH;
        next[at + 2] = rules.velocity();
        next[at + 3] = (end - note.onset) * stepMillis;
        lastOnset = note.onset;
        float sum = logp;
        logp = 0;
        return sum;
    }

    private boolean ready() {
        return !begun.isEmpty() && (begun.get(0).end >= 0 || position - begun.get(0).onset >= rules.longestNote());
    }

    /** Gives the graph the given notes up to the step in which the last of them begins. */
    private void tell(RollSteps steps) {
        int last = given.stream().mapToInt(Given::onset).max().orElse(0);
        // A piece goes on at the place in the bar where the prompt's last step was.
        int from = Math.max(position, last + 1 - rules.longestPrompt());
        boolean[][] roll = new boolean[Math.max(0, last + 1 - from)][KEYS];
        for (Given note : given) {
            for (int step = Math.max(from, note.onset); step < Math.min(last + 1, note.end); step++) {
                if (note.key >= 0 && note.key < KEYS) {
                    roll[step - from][note.key] = true;
                }
            }
        }
        if (roll.length > 0) {
            steps.tell(before, from, roll);
            before = roll[roll.length - 1];
        }
        position = Math.max(position, last + 1);
        lastOnset = last;
        still = 0;
        told = true;
    }

    private void draw(RollSteps steps, float temperature) {
        int[] forced = new int[KEYS];
        Arrays.fill(forced, StepModel.NONE);
        float[] uniform = new float[KEYS];
        for (int key = 0; key < KEYS && noise != null; key++) {
            uniform[key] = noise.uniform(position, key);
        }
        if (still >= rules.longestHold()) {
            for (int key = 0; key < KEYS; key++) {
                forced[key] = before[key] ? 0 : StepModel.NONE;
            }
            still = 0;
        }
        if (silent >= rules.longestSilence()) {
            forced[likeliest(steps, uniform, temperature)] = 1;
        }
        RollSteps.Step step = steps.draw(before, position, forced, uniform, temperature);
        logp += step.logp();
        boolean any = false;
        still++;
        for (int key = 0; key < KEYS; key++) {
            any |= step.on()[key];
            if (step.on()[key] && !before[key]) {
                begun.add(new Begun(key, position));
                still = 0;
            } else if (!step.on()[key] && before[key]) {
                end(key);
            }
        }
        silent = any ? 0 : silent + 1;
        before = step.on();
        position++;
    }

    /** The key of the greatest log-odds, asked in a step that takes place: one more of silence. */
    private int likeliest(RollSteps steps, float[] uniform, float temperature) {
        int[] none = new int[KEYS];
        RollSteps.Step step = steps.draw(before, position, none, uniform, temperature);
        logp += step.logp();
        position++;
        int best = 0;
        for (int key = 1; key < KEYS; key++) {
            best = step.logits()[key] > step.logits()[best] ? key : best;
        }
        return best;
    }

    private void end(int key) {
        for (Begun note : begun) {
            if (note.key == key && note.end < 0) {
                note.end = position;
            }
        }
    }

    RollTrack copy() {
        RollTrack copy = new RollTrack(rules);
        begun.forEach(note -> copy.begun.add(note.copy()));
        copy.given.addAll(given);
        copy.givenTicks = givenTicks;
        copy.told = told;
        copy.before = before.clone();
        copy.position = position;
        copy.lastOnset = lastOnset;
        copy.silent = silent;
        copy.still = still;
        copy.logp = logp;
        copy.noise = noise;
        return copy;
    }
}
