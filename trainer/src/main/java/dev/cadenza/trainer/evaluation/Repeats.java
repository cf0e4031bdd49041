package dev.cadenza.trainer.evaluation;

/**
 * A pattern that follows itself: the same pitches in the same rhythm, to within 30 ms per note. Trills and repeated chords
 * are no bars: a pattern has at least four notes and half a second.
 */
final class Repeats {
    private static final int FEWEST_NOTES = 4;
    private static final int MOST_NOTES = 64;
    private static final double SHORTEST_SECONDS = 0.5;
    private static final double TOLERANCE_SECONDS = 0.03;

    private Repeats() {}

    /** How often the most repeated pattern sounds in a row; 1 when none is repeated. */
    static int longest(Excerpt excerpt) {
        int most = 1;
        for (int period = FEWEST_NOTES; period <= Math.min(MOST_NOTES, excerpt.notes() / 2); period++) {
            int matched = 0;
            for (int note = period; note < excerpt.notes(); note++) {
                matched = same(excerpt, note, note - period) ? matched + 1 : 0;
                int times = matched / period + 1;
                if (times > most && seconds(excerpt, note, period) >= SHORTEST_SECONDS) {
                    most = times;
                }
            }
        }
        return most;
    }

    private static boolean same(Excerpt excerpt, int note, int before) {
        // The first note's interval says nothing.
        boolean rhythm = before == 0
                || Math.abs(excerpt.interval(note) - excerpt.interval(before))
                        <= TOLERANCE_SECONDS * excerpt.ticksPerSecond();
        return rhythm && excerpt.pitch(note) == excerpt.pitch(before);
    }

    private static double seconds(Excerpt excerpt, int last, int period) {
        long ticks = 0;
        for (int note = last - period + 1; note <= last; note++) {
            ticks += excerpt.interval(note);
        }
        return ticks / (double) excerpt.ticksPerSecond();
    }
}
