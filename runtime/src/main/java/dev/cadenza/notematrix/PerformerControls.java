package dev.cadenza.notematrix;

import java.util.Arrays;

/**
 * Controls, what the music to come should be like: how dense, how high, in which pitch classes. Each may be left out.
 *
 * @param notesPerSecond above 0; NaN when it is not given
 * @param meanPitch MIDI pitch; NaN when it is not given
 * @param profile the share of each pitch class, C first [12], with the sum 1; empty when it is not given
 */
@SuppressWarnings("ArrayRecordComponent") // Small and never compared.
public record PerformerControls(double notesPerSecond, double meanPitch, float[] profile) {
    /** Numbers that a network sees. */
    public static final int WIDTH = 17;

    /** Pitch classes. */
    public static final int CLASSES = 12;

    /** In training, controls describe the next so many seconds. */
    public static final double SECONDS = 8;

    /** Nothing is said. */
    public static final PerformerControls NONE = new PerformerControls(Double.NaN, Double.NaN, new float[0]);

    private static final double DENSEST = 64;
    private static final double MIDDLE = 64;
    private static final double SPREAD = 24;

    public PerformerControls {
        if (notesPerSecond <= 0) {
            throw new IllegalArgumentException("notesPerSecond (" + notesPerSecond + ") must be above 0");
        }
        if (profile.length != 0 && profile.length != CLASSES) {
            throw new IllegalArgumentException(
                    "profile (" + profile.length + " numbers) must have " + CLASSES + " or none");
        }
    }

    /**
     * Writes the numbers that a network sees.
     *
     * @param to {@link #WIDTH} numbers from {@code at} on: ln(1 + notes per second) / ln(65), (mean pitch - 64) / 24,
     *     the profile [12], then 1 for each of the three that is given; 0 where it is not
     */
    public void write(float[] to, int at) {
        Arrays.fill(to, at, at + WIDTH, 0f);
        if (!Double.isNaN(notesPerSecond)) {
            to[at] = (float) (StrictMath.log(1 + notesPerSecond) / StrictMath.log(1 + DENSEST));
            to[at + 2 + CLASSES] = 1f;
        }
        if (!Double.isNaN(meanPitch)) {
            to[at + 1] = (float) ((meanPitch - MIDDLE) / SPREAD);
            to[at + 3 + CLASSES] = 1f;
        }
        if (profile.length > 0) {
            System.arraycopy(profile, 0, to, at + 2, CLASSES);
            to[at + 4 + CLASSES] = 1f;
        }
    }
}
