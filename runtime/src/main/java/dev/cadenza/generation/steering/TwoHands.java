package dev.cadenza.generation.steering;

import java.util.Arrays;

/**
 * Which keys two hands can hold down at once: five fingers each, and in each hand no more than a span from the lowest key
 * to the highest.
 *
 * @param span semitones between the outer keys of a hand, {@link #LEAST_SPAN}..{@link #MOST_SPAN}
 */
public record TwoHands(int span) {
    /** A seventh. */
    public static final int LEAST_SPAN = 7;

    public static final int MOST_SPAN = 24;

    /** 14 semitones, just below a tenth: 4 to 8 % of 100 held-out MAESTRO pieces have an onset beyond it. */
    public static final TwoHands STANDARD = new TwoHands(14);

    private static final int FINGERS = 5;

    /** No more keys than that fit. */
    static final int MOST_KEYS = 2 * FINGERS;

    public TwoHands {
        if (span < LEAST_SPAN || span > MOST_SPAN) {
            throw new IllegalArgumentException(
                    "span (" + span + ") must be " + LEAST_SPAN + ".." + MOST_SPAN + " semitones");
        }
    }

    /**
     * Whether keys fit.
     *
     * @param keys in any order; the same key may be there twice
     * @param count how many of them, from the first on
     */
    public boolean fit(int[] keys, int count) {
        int[] sorted = Arrays.stream(keys, 0, count).sorted().distinct().toArray();
        if (sorted.length > MOST_KEYS) {
            return false;
        }
        // The left hand takes as many as it can: that leaves the right hand the fewest and the closest.
        int left = 0;
        while (left < sorted.length && left < FINGERS && sorted[left] - sorted[0] <= span) {
            left++;
        }
        return left == sorted.length
                || (sorted.length - left <= FINGERS && sorted[sorted.length - 1] - sorted[left] <= span);
    }
}
