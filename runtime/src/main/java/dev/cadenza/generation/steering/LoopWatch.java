package dev.cadenza.generation.steering;

import java.util.Arrays;

/** Notices when the last notes are one pattern again and again, and which pitch would go on with it. */
final class LoopWatch {
    /** Patterns of so many notes are bars; shorter ones trills, tremolos and repeated notes, which may last longer. */
    private static final int FEWEST_NOTES = 4;

    private static final int MOST_NOTES = 64;
    private static final int SHORT_NOTES = 40;
    private static final double TOLERANCE_SECONDS = 0.03;

    private final int tolerance;
    private final int[] pitches = new int[MOST_NOTES];
    private final int[] intervals = new int[MOST_NOTES];
    /** By period, how many notes up to the last are as they were a period before. */
    private final int[] matched = new int[MOST_NOTES + 1];

    private long heard;

    LoopWatch(int ticksPerSecond) {
        tolerance = (int) Math.round(TOLERANCE_SECONDS * ticksPerSecond);
    }

    void heard(int interval, int pitch) {
        for (int period = 1; period <= MOST_NOTES; period++) {
            boolean same = heard >= period
                    && pitches[place(heard - period)] == pitch
                    && Math.abs(intervals[place(heard - period)] - interval) <= tolerance;
            matched[period] = same ? matched[period] + 1 : 0;
        }
        pitches[place(heard)] = pitch;
        intervals[place(heard)] = interval;
        heard++;
    }

    private static int place(long note) {
        return (int) (note % MOST_NOTES);
    }

    /** The pitches that would go on with a loop, one for each loop that there is. */
    int[] wouldGoOn() {
        int[] found = new int[MOST_NOTES];
        int count = 0;
        for (int period = 1; period <= MOST_NOTES; period++) {
            int enough = period < FEWEST_NOTES ? SHORT_NOTES : period * (Guards.REPEATS - 1);
            if (matched[period] >= enough && !isShorterOne(period)) {
                found[count++] = pitches[place(heard - period)];
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** Whether a pattern is but a short one several times, such as two strokes of a trill. */
    private boolean isShorterOne(int period) {
        for (int part = 1; part < FEWEST_NOTES && part < period; part++) {
            if (period % part == 0 && matched[part] >= period) {
                return true;
            }
        }
        return false;
    }
}
