package dev.cadenza.trainer.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How much of an excerpt's top line, the highest key of each onset, comes back.
 *
 * @param near share of the line's steps in runs of six steps in semitones that were heard before, at whatever pitch
 * @param far share of the onsets in runs of six that have the same pitches as six that began 8 s or more before
 */
public record Recurrence(double near, double far) {
    private static final int RUN = 6;
    private static final double FAR_SECONDS = 8;

    /** Measures an excerpt of any length; what is too short for a run has shares of 0. */
    public static Recurrence of(Excerpt excerpt) {
        Onsets onsets = Onsets.of(excerpt);
        int[] line = onsets.topLine();
        int[] steps = IntStream.range(1, line.length)
                .map(at -> line[at] - line[at - 1])
                .toArray();
        return new Recurrence(near(steps), far(line, onsets));
    }

    private static double near(int[] steps) {
        Set<List<Integer>> heard = new HashSet<>();
        boolean[] again = new boolean[steps.length];
        for (int first = 0; first + RUN <= steps.length; first++) {
            if (!heard.add(run(steps, first))) {
                Arrays.fill(again, first, first + RUN, true);
            }
        }
        return share(again);
    }

    private static double far(int[] line, Onsets onsets) {
        Map<List<Integer>, Double> heard = new HashMap<>();
        boolean[] again = new boolean[line.length];
        for (int first = 0; first + RUN <= line.length; first++) {
            Double before = heard.putIfAbsent(run(line, first), onsets.seconds(first));
            if (before != null && onsets.seconds(first) - before >= FAR_SECONDS) {
                Arrays.fill(again, first, first + RUN, true);
            }
        }
        return share(again);
    }

    private static List<Integer> run(int[] values, int first) {
        return Arrays.stream(values, first, first + RUN).boxed().toList();
    }

    private static double share(boolean[] of) {
        long set = IntStream.range(0, of.length).filter(at -> of[at]).count();
        return of.length == 0 ? 0 : (double) set / of.length;
    }
}
