package dev.cadenza.generation;

import dev.cadenza.notematrix.NoteMatrix;
import java.util.Arrays;

/**
 * One variation on its way: what the next step gets, and what becomes of its answer. It knows nothing of the rows beside
 * it, so that whoever steps the model may put any streams together.
 *
 * <p>The guard: notes of one onset come by ascending pitch, no pitch twice. A note that would break this begins one tick
 * later; the moved note is what the model is told it played. Its log-probability stays that of the note as chosen.
 */
final class VariationStream {
    private static final int ATTRIBUTES = StepModel.ATTRIBUTES;

    private final int variation;
    private final long seed;
    private final Noise noise;
    private final float temperature;
    private final int ticksPerSecond;
    private final boolean prompted;
    private final int maxNotes;
    private final long maxTicks;
    private final long promptOnset;

    private final int[] previous;
    private int[] rows = new int[64 * ATTRIBUTES];
    private int size;
    private long elapsed;
    private double logp;
    private boolean done;

    /** @param prompt what was played before, may be empty */
    VariationStream(int variation, GenerationOptions options, NoteMatrix prompt) {
        this.variation = variation;
        this.seed = options.seed() + variation;
        this.noise = new Noise(seed);
        this.temperature = (float) options.temperature();
        this.ticksPerSecond = prompt.ticksPerSecond();
        this.prompted = prompt.size() > 0;
        this.promptOnset = prompted ? prompt.onsetTick(prompt.size() - 1) : 0;
        this.previous = prompted ? lastRow(prompt) : startRow();
        if (options.length() instanceof Length.Seconds length) {
            maxNotes = Length.MAX_NOTES;
            maxTicks = Math.round(length.seconds() * ticksPerSecond);
        } else {
            maxNotes = ((Length.Notes) options.length()).count();
            maxTicks = Long.MAX_VALUE;
        }
    }

    boolean done() {
        return done;
    }

    int size() {
        return size;
    }

    float temperature() {
        return temperature;
    }

    /** Writes what the next step gets; the row is {@code row} of its arrays. */
    void prepare(int row, int[] note, float[] noiseRows, int noiseWidth) {
        System.arraycopy(previous, 0, note, row * ATTRIBUTES, ATTRIBUTES);
        noise.fill(size, noiseRows, row * noiseWidth, noiseWidth);
    }

    /** Takes the answer of the step. Returns whether to go on. */
    boolean accept(int[] next, int offset, double noteLogp, NoteListener listener) {
        int interval = next[offset];
        int pitch = next[offset + 1];
        if (previous[1] != StepModel.NONE && interval == 0 && pitch <= previous[1]) {
            interval = 1;
        }
        int heardInterval = size == 0 && !prompted ? 0 : interval;
        long onset = elapsed + heardInterval;
        if (onset >= maxTicks) {
            done = true;
            return true;
        }
        elapsed = onset;
        logp += noteLogp;
        previous[0] = interval;
        System.arraycopy(next, offset + 1, previous, 1, ATTRIBUTES - 1);
        int duration = (int) Math.min(next[offset + 3], maxTicks - onset);
        append(heardInterval, pitch, next[offset + 2], duration);
        done = size == maxNotes;
        return listener.onNote(new GeneratedNote(
                variation, size - 1, pitch, next[offset + 2], promptOnset + onset, duration, noteLogp));
    }

    Variation finish() {
        return new Variation(seed, NoteMatrix.of(ticksPerSecond, Arrays.copyOf(rows, size * ATTRIBUTES)), logp);
    }

    private void append(int interval, int pitch, int velocity, int duration) {
        int offset = size * ATTRIBUTES;
        if (offset == rows.length) {
            rows = Arrays.copyOf(rows, rows.length * 2);
        }
        rows[offset] = interval;
        rows[offset + 1] = pitch;
        rows[offset + 2] = velocity;
        rows[offset + 3] = duration;
        size++;
    }

    private static int[] startRow() {
        int[] row = new int[ATTRIBUTES];
        Arrays.fill(row, StepModel.NONE);
        return row;
    }

    private static int[] lastRow(NoteMatrix prompt) {
        int row = prompt.size() - 1;
        return new int[] {prompt.interval(row), prompt.pitch(row), prompt.velocity(row), prompt.duration(row)};
    }
}
