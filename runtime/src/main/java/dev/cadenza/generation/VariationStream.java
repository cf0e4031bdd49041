package dev.cadenza.generation;

import dev.cadenza.generation.steering.Guards;
import dev.cadenza.generation.steering.HandGuard;
import dev.cadenza.generation.steering.PerformerSteering;
import dev.cadenza.generation.steering.Steering;
import dev.cadenza.generation.step.Noise;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepShape;
import dev.cadenza.notematrix.NoteMatrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One variation on its way: what the next step gets, and what becomes of its answer. It does not depend on
 * other rows, so that any streams can be stepped together.
 *
 * <p>The guard: notes of one onset come by ascending pitch, no pitch twice. A note that would break this begins one tick
 * later; the moved note is what the model gets as played. Its log-probability stays that of the note as chosen.
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
    private final double askedSeconds;
    private final PromptEnd promptEnd;
    private final @Nullable PerformerSteering steering;
    private final float topP;
    private final float minP;
    private final StepShape shape;

    private final int[] previous;
    private int[] rows = new int[64 * ATTRIBUTES];
    private int size;
    private long elapsed;
    /** When the last note falls silent, in the ticks of {@link #elapsed}. */
    private long end;

    private double logp;
    private boolean done;

    /**
     * @param prompt what the model heard before, may be empty
     * @param promptEnd where new notes count from
     */
    VariationStream(int variation, GenerationOptions options, NoteMatrix prompt, PromptEnd promptEnd, StepShape shape) {
        this.variation = variation;
        this.seed = options.seed() + variation;
        this.noise = new Noise(seed);
        this.shape = shape;
        this.prompted = prompt.size() > 0;
        this.temperature = (float) options.temperature(shape.classes().isPresent() && !prompted);
        topP = (float) options.steering().topP();
        Steering asked = options.steering();
        minP = (float) Math.max(asked.minP(), asked.guards().unlikely() ? Guards.LEAST_SHARE : 0);
        steering = shape.classes()
                .map(classes -> new PerformerSteering(classes, options.steering(), temperature, noise, prompt))
                .orElse(null);
        this.ticksPerSecond = prompt.ticksPerSecond();
        this.promptEnd = promptEnd;
        this.previous = prompted ? lastRow(prompt) : startRow();
        if (options.length() instanceof Length.Seconds length) {
            maxNotes = Length.MAX_NOTES;
            askedSeconds = length.seconds();
            // A piece has a note, however short.
            maxTicks = Math.max(1, Math.round(length.seconds() * ticksPerSecond));
        } else {
            maxNotes = ((Length.Notes) options.length()).count();
            maxTicks = Long.MAX_VALUE;
            askedSeconds = 0;
        }
    }

    boolean done() {
        return done;
    }

    int size() {
        return size;
    }

    /** Writes what the next step gets; the row is {@code row} of a run of one step. */
    void prepare(int row, StepInput input) {
        System.arraycopy(previous, 0, input.note(), row * ATTRIBUTES, ATTRIBUTES);
        noise.fill(shape.noise(), size, input.noise(), row * shape.noiseWidth(), shape.noiseWidth());
        input.temperature()[row] = temperature;
        input.topP()[row] = topP;
        input.minP()[row] = minP;
        input.seeds()[row] = seed;
        if (steering == null) {
            return;
        }
        if (temperature > 0) {
            noise.fillUniform(size, input.uniform(), row * shape.uniformWidth(), shape.uniformWidth());
        }
        // A piece begins when it begins.
        input.forced()[row * ATTRIBUTES] = size == 0 && !prompted ? 0 : StepModel.NONE;
        boolean timed = maxTicks < Long.MAX_VALUE;
        steering.prepare(
                // Near the most notes of any piece, a timed one comes to its end as well.
                maxNotes - size,
                timed ? (maxTicks - elapsed) / (double) ticksPerSecond : Double.POSITIVE_INFINITY,
                input.bias(),
                row * shape.biasWidth(),
                input.controls(),
                row * shape.controlsWidth());
    }

    /** Takes the answer of the step. Returns whether to go on. */
    boolean accept(int[] next, int offset, double noteLogp, NoteListener listener) {
        int interval = next[offset];
        int pitch = next[offset + 1];
        int velocity = steering == null ? next[offset + 2] : steering.velocity(next[offset + 2]);
        if (previous[1] != StepModel.NONE && interval == 0 && pitch <= previous[1]) {
            interval = 1;
        }
        if (size == 0 && !promptEnd.heard()) {
            interval = Math.max(1, interval);
        }
        if (steering != null) {
            HandGuard.Placed placed = steering.place(interval, pitch, previous[1]);
            interval = placed.interval();
            pitch = placed.pitch();
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
        previous[1] = pitch;
        previous[2] = velocity;
        previous[3] = next[offset + 3];
        if (steering != null) {
            steering.heard(interval, pitch, velocity, next[offset + 3]);
            steering.timed(heardInterval);
        }
        int duration = (int) Math.min(next[offset + 3], maxTicks - onset);
        end = Math.max(end, onset + duration);
        append(heardInterval, pitch, velocity, duration);
        done = size == maxNotes;
        return listener.onNote(
                new GeneratedNote(variation, size - 1, pitch, velocity, promptEnd.onset() + onset, duration, noteLogp));
    }

    Variation finish() {
        NoteMatrix notes = NoteMatrix.of(ticksPerSecond, Arrays.copyOf(rows, size * ATTRIBUTES));
        return new Variation(seed, notes, logp, shortened());
    }

    private @Nullable Shortened shortened() {
        if (maxTicks == Long.MAX_VALUE || (size > 0 && (size < maxNotes || end >= maxTicks))) {
            return null;
        }
        return size == 0
                ? new Shortened(Shortened.Reason.NO_NOTE, askedSeconds, 0)
                : new Shortened(Shortened.Reason.MOST_NOTES, askedSeconds, end / (double) ticksPerSecond);
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
        // As the model heard it: how long ago the file began says nothing.
        int interval = row == 0 ? Math.min(prompt.interval(row), prompt.ticksPerSecond()) : prompt.interval(row);
        return new int[] {interval, prompt.pitch(row), prompt.velocity(row), prompt.duration(row)};
    }
}
