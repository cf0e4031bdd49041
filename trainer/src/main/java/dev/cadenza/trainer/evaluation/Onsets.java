package dev.cadenza.trainer.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An excerpt's notes by what is struck together: an onset holds all notes that begin within 30 ms of its first. That is
 * about as far as pianists spread a chord (Goebl, "Melody lead in piano performance", 2001).
 */
final class Onsets {
    private static final long WINDOW_MILLIS = 30;

    private final Excerpt excerpt;
    private final long[] ticks;
    /** First notes of the onsets, and the number of notes as the end of the last. */
    private final int[] firsts;

    private Onsets(Excerpt excerpt, long[] ticks, int[] firsts) {
        this.excerpt = excerpt;
        this.ticks = ticks;
        this.firsts = firsts;
    }

    static Onsets of(Excerpt excerpt) {
        long[] ticks = excerpt.onsets();
        long window = WINDOW_MILLIS * excerpt.ticksPerSecond() / 1000;
        int[] firsts = new int[ticks.length + 1];
        int count = 0;
        for (int note = 0; note < ticks.length; note++) {
            if (count == 0 || ticks[note] - ticks[firsts[count - 1]] > window) {
                firsts[count++] = note;
            }
        }
        firsts[count] = ticks.length;
        return new Onsets(excerpt, ticks, Arrays.copyOf(firsts, count + 1));
    }

    int count() {
        return firsts.length - 1;
    }

    /** How many notes an onset has. */
    int notes(int onset) {
        return firsts[onset + 1] - firsts[onset];
    }

    /** When an onset's first note begins, from the excerpt's first. */
    double seconds(int onset) {
        return ticks[firsts[onset]] / (double) excerpt.ticksPerSecond();
    }

    /** Different keys of an onset, ascending. */
    int[] keys(int onset) {
        return IntStream.range(firsts[onset], firsts[onset + 1])
                .map(excerpt::pitch)
                .sorted()
                .distinct()
                .toArray();
    }

    /** The highest key of each onset. */
    int[] topLine() {
        return IntStream.range(0, count())
                .map(onset -> IntStream.range(firsts[onset], firsts[onset + 1])
                        .map(excerpt::pitch)
                        .max()
                        .orElseThrow())
                .toArray();
    }
}
