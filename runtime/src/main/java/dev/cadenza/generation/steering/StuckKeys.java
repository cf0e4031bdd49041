package dev.cadenza.generation.steering;

import dev.cadenza.notematrix.PerformerEncoding;
import java.util.Arrays;

/**
 * Notices a key that is struck again and again, as in a trill or a pulse that does not end, also when other keys are
 * played in between.
 *
 * <p>In the first 400 notes of 121 of MAESTRO's training pieces, a run of strikes on one key with gaps of at most half a
 * second lasts 7 s in one piece of 20, and 13 s at most; a key takes at most 48 % of any 64 notes. Mutable; one thread.
 */
final class StuckKeys {
    private static final double LARGEST_GAP_SECONDS = 0.5;
    private static final double LONGEST_RUN_SECONDS = 6;
    private static final int NOTES = 64;
    /** Of 64 notes. */
    private static final int MOST_STRIKES = 30;

    private static final long NEVER = Long.MIN_VALUE / 2;

    private final long largestGap;
    private final long longestRun;
    private final long[] last = new long[PerformerEncoding.KEYS];
    private final long[] runStart = new long[PerformerEncoding.KEYS];
    private final int[] recent = new int[NOTES];
    private final int[] strikes = new int[PerformerEncoding.KEYS];
    private long now;
    private long heard;

    StuckKeys(int ticksPerSecond) {
        largestGap = Math.round(LARGEST_GAP_SECONDS * ticksPerSecond);
        longestRun = Math.round(LONGEST_RUN_SECONDS * ticksPerSecond);
        Arrays.fill(last, NEVER);
    }

    /**
     * Takes note of a strike.
     *
     * @param interval ticks since the note before
     * @param key 0..87
     */
    void heard(int interval, int key) {
        now += interval;
        if (now - last[key] > largestGap) {
            runStart[key] = now;
        }
        last[key] = now;
        int place = (int) (heard % NOTES);
        if (heard >= NOTES) {
            strikes[recent[place]]--;
        }
        recent[place] = key;
        strikes[key]++;
        heard++;
    }

    /** Whether a key should not be struck next. */
    boolean isStuck(int key) {
        boolean running = now - last[key] <= largestGap && now - runStart[key] >= longestRun;
        return running || strikes[key] > MOST_STRIKES;
    }
}
