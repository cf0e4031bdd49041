package dev.cadenza.generation.steering;

/**
 * Holds a density that was asked for, at any temperature: the next note may not come so early, or so late, that the last
 * notes are denser or sparser than asked by more than a tolerance. Mutable; one thread.
 */
final class DensityLimit {
    private static final double TOLERANCE = 1.15;
    private static final int NOTES = 24;
    /** The first notes are free: a chord has no density. */
    private static final int FEWEST = 8;

    /** Below the longest gap that the guards allow. */
    private static final double LONGEST_WAIT_SECONDS = 3;

    /** The longest wait for a note when the last ones were too dense, in notes of the density. */
    private static final double LONGEST_WAIT_NOTES = 2;

    private final int ticksPerSecond;
    private final int[] intervals = new int[NOTES];
    private long heard;
    private long ticks;

    DensityLimit(int ticksPerSecond) {
        this.ticksPerSecond = ticksPerSecond;
    }

    /** Takes note of a new note; a prompt's are not counted. */
    void heard(int interval) {
        int place = (int) (heard % NOTES);
        ticks += interval - intervals[place];
        intervals[place] = interval;
        heard++;
    }

    /** The fewest ticks until the next note. */
    int earliest(double notesPerSecond) {
        if (heard < FEWEST) {
            return 0;
        }
        double wanted = counted() * ticksPerSecond / (notesPerSecond * TOLERANCE);
        double most = Math.min(LONGEST_WAIT_NOTES / notesPerSecond, LONGEST_WAIT_SECONDS) * ticksPerSecond;
        return (int) Math.max(0, Math.min(most, Math.ceil(wanted - ticks)));
    }

    /** The most ticks until the next note. */
    int latest(double notesPerSecond) {
        if (heard < FEWEST) {
            return Integer.MAX_VALUE;
        }
        double note = ticksPerSecond / notesPerSecond;
        return (int) Math.max(Math.max(1, note), Math.floor((counted() * TOLERANCE + 1) * note - ticks));
    }

    private double counted() {
        return Math.min(heard, NOTES);
    }
}
