package dev.cadenza.trainer.evaluation;

import dev.cadenza.generation.steering.Tonality;
import java.util.OptionalDouble;

/**
 * How an excerpt ends.
 *
 * @param bassOnTonic whether the lowest key that sounds at the last onset is the tonic of the key of the last 64 notes, by
 *     Krumhansl and Kessler's ratings, a note weighing its seconds, at most one
 * @param slowing mean time between the last eight onsets over that between the 32 before, 1 where the speed is kept; empty
 *     when there are not so many onsets
 */
public record Ending(boolean bassOnTonic, OptionalDouble slowing) {
    private static final int KEY_NOTES = 64;
    private static final int CLASSES = 12;
    private static final int LAST_INTERVALS = 8;
    private static final int INTERVALS_BEFORE = 32;

    /**
     * Measures an excerpt.
     *
     * @throws IllegalArgumentException when it has no note
     */
    public static Ending of(Excerpt excerpt) {
        if (excerpt.notes() == 0) {
            throw new IllegalArgumentException("notes (0) must be at least 1");
        }
        return new Ending(bass(excerpt) % CLASSES == key(excerpt).root(), slowing(Onsets.of(excerpt)));
    }

    private static Tonality key(Excerpt excerpt) {
        double[] weights = new double[CLASSES];
        for (int note = Math.max(0, excerpt.notes() - KEY_NOTES); note < excerpt.notes(); note++) {
            weights[excerpt.pitch(note) % CLASSES] +=
                    Math.min(1, excerpt.duration(note) / (double) excerpt.ticksPerSecond());
        }
        return Tonality.of(weights);
    }

    private static int bass(Excerpt excerpt) {
        long[] onsets = excerpt.onsets();
        int last = excerpt.notes() - 1;
        int lowest = excerpt.pitch(last);
        for (int note = 0; note < last; note++) {
            if (onsets[note] + excerpt.duration(note) > onsets[last]) {
                lowest = Math.min(lowest, excerpt.pitch(note));
            }
        }
        return lowest;
    }

    private static OptionalDouble slowing(Onsets onsets) {
        int last = onsets.count() - 1;
        int late = last - LAST_INTERVALS;
        int early = late - INTERVALS_BEFORE;
        if (early < 0) {
            return OptionalDouble.empty();
        }
        double lastMean = (onsets.seconds(last) - onsets.seconds(late)) / LAST_INTERVALS;
        return OptionalDouble.of(lastMean * INTERVALS_BEFORE / (onsets.seconds(late) - onsets.seconds(early)));
    }
}
