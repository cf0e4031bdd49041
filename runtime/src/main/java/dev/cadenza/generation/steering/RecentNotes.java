package dev.cadenza.generation.steering;

/** How dense and how high the last notes were, and among how many others they sounded. */
final class RecentNotes {
    private static final int NOTES = 64;
    private static final int FEWEST = 16;

    private final int ticksPerSecond;
    private final int[] intervals = new int[NOTES];
    private final int[] pitches = new int[NOTES];
    private long heard;
    private long ticks;
    private long pitchSum;
    private final int[] sounding = new int[NOTES];
    private long soundingSum;

    RecentNotes(int ticksPerSecond) {
        this.ticksPerSecond = ticksPerSecond;
    }

    /** @param keys how many sound once the note is struck */
    void heard(int interval, int pitch, int keys) {
        int place = (int) (heard % NOTES);
        // A pause is no tempo.
        int counted = Math.min(interval, ticksPerSecond);
        ticks += counted - intervals[place];
        pitchSum += pitch - pitches[place];
        intervals[place] = counted;
        pitches[place] = pitch;
        soundingSum += keys - sounding[place];
        sounding[place] = keys;
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

    /** Keys that sound when a note has been struck, mean. */
    double polyphony() {
        return soundingSum / (double) Math.min(heard, NOTES);
    }
}
