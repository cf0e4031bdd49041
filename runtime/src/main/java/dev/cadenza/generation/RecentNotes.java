package dev.cadenza.generation;

/** How dense and how high the last notes were. */
final class RecentNotes {
    private static final int NOTES = 64;
    private static final int FEWEST = 16;

    private final int ticksPerSecond;
    private final int[] intervals = new int[NOTES];
    private final int[] pitches = new int[NOTES];
    private long heard;
    private long ticks;
    private long pitchSum;

    RecentNotes(int ticksPerSecond) {
        this.ticksPerSecond = ticksPerSecond;
    }

    void heard(int interval, int pitch) {
        int place = (int) (heard % NOTES);
        // A pause is no tempo.
        int counted = Math.min(interval, ticksPerSecond);
        ticks += counted - intervals[place];
        pitchSum += pitch - pitches[place];
        intervals[place] = counted;
        pitches[place] = pitch;
        heard++;
    }

    /** Whether there are enough notes to go by. */
    boolean isTelling() {
        return heard >= FEWEST;
    }

    double notesPerSecond() {
        return Math.min(heard, NOTES) * (double) ticksPerSecond / Math.max(1, ticks);
    }

    double meanPitch() {
        return pitchSum / (double) Math.min(heard, NOTES);
    }
}
