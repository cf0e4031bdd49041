package dev.cadenza.generation.steering;

/**
 * Holds a density that was asked for, at any temperature: the next note may not come so early, or so late, that the last
 * notes are denser or sparser than asked by more than a tolerance. Mutable; one thread.
 */
final class DensityLimit {
    private static final double TOLERANCE = 1.15;
    private static final int NOTES = 24;
    /** So many notes may come as they like: a chord is no density. */
    private static final int FEWEST = 8;

    /** Below the longest gap that the guards allow. */
    private static final double LONGEST_WAIT_SECONDS = 3;

    /** Notes that may be missing at once when the last ones were too sparse. */
    private static final double LATEST_NOTES = 2;

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
        double most = Math.min(LATEST_NOTES / notesPerSecond, LONGEST_WAIT_SECONDS) * ticksPerSecond;
        return (int) Math.max(0, Math.min(most, Math.ceil(wanted - ticks)));
    }

    /** The most ticks until the next note. */
    int latest(double notesPerSecond) {
        boolean sparse = heard >= FEWEST && ticks > counted() * ticksPerSecond * TOLERANCE / notesPerSecond;
        return sparse ? (int) Math.max(1, LATEST_NOTES * ticksPerSecond / notesPerSecond) : Integer.MAX_VALUE;
    }

    private double counted() {
        return Math.min(heard, NOTES);
    }
}
