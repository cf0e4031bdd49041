package dev.cadenza.trainer.evaluation;

import java.util.Arrays;
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

    /** How well the degrees of a key fit it (Krumhansl and Kessler, 1982). */
    private static final double[] MAJOR =
            standardized(6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88);

    private static final double[] MINOR =
            standardized(6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17);

    /**
     * Measures an excerpt.
     *
     * @throws IllegalArgumentException when it has no note
     */
    public static Ending of(Excerpt excerpt) {
        if (excerpt.notes() == 0) {
            throw new IllegalArgumentException("notes (0) must be at least 1");
        }
        return new Ending(bass(excerpt) % CLASSES == tonic(excerpt), slowing(Onsets.of(excerpt)));
    }

    private static int tonic(Excerpt excerpt) {
        double[] seconds = new double[CLASSES];
        for (int note = Math.max(0, excerpt.notes() - KEY_NOTES); note < excerpt.notes(); note++) {
            seconds[excerpt.pitch(note) % CLASSES] +=
                    Math.min(1, excerpt.duration(note) / (double) excerpt.ticksPerSecond());
        }
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int root = 0; root < CLASSES; root++) {
            double fit = Math.max(fit(seconds, MAJOR, root), fit(seconds, MINOR, root));
            best = fit > highest ? root : best;
            highest = Math.max(highest, fit);
        }
        return best;
    }

    /** Covariance with ratings of mean 0 and deviation 1: in order of the correlation. */
    private static double fit(double[] seconds, double[] ratings, int root) {
        double fit = 0;
        for (int degree = 0; degree < CLASSES; degree++) {
            fit += seconds[(root + degree) % CLASSES] * ratings[degree];
        }
        return fit;
    }

    private static double[] standardized(double... ratings) {
        double mean = Arrays.stream(ratings).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(ratings)
                .map(rating -> (rating - mean) * (rating - mean))
                .average()
                .orElseThrow());
        return Arrays.stream(ratings).map(rating -> (rating - mean) / deviation).toArray();
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
