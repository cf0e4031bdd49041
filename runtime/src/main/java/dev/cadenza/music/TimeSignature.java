package dev.cadenza.music;

/**
 * From a tick on, a bar has so many beats of such a note value.
 *
 * @param tick 0..{@link TempoMap#LAST_TICK}
 * @param numerator beats a bar, 1..255
 * @param denominator the note value of a beat as a fraction of a whole note: a power of two, 1..{@link #SHORTEST_BEAT}
 */
public record TimeSignature(long tick, int numerator, int denominator) {
    /** The largest denominator. */
    public static final int SHORTEST_BEAT = 1 << 15;

    public TimeSignature {
        Ranges.check("tick", tick, 0, TempoMap.LAST_TICK);
        Ranges.check("numerator", numerator, 1, 255);
        Ranges.check("denominator", denominator, 1, SHORTEST_BEAT);
        if (Integer.bitCount(denominator) != 1) {
            throw new IllegalArgumentException("denominator (" + denominator + ") must be a power of two");
        }
    }
}
