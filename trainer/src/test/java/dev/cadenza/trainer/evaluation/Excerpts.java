package dev.cadenza.trainer.evaluation;

/** Excerpts that a test writes down. */
final class Excerpts {
    private Excerpts() {}

    /** Notes at so many ticks per second, each its interval, pitch, velocity and duration. */
    static Excerpt of(int ticksPerSecond, int[]... notes) {
        int[] rows = new int[notes.length * 4];
        for (int note = 0; note < notes.length; note++) {
            System.arraycopy(notes[note], 0, rows, note * 4, 4);
        }
        return new Excerpt(rows, ticksPerSecond);
    }
}
