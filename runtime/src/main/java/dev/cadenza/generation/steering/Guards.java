package dev.cadenza.generation.steering;

/**
 * What a performer is kept from, each of which can be turned off.
 *
 * @param longNotes no note longer than {@link #LONGEST_NOTE_SECONDS}, unless the prompt has one
 * @param silence no more than {@link #LONGEST_GAP_SECONDS} between two onsets, unless all keys that may be played sound
 * @param loops a pattern that was played {@link #REPEATS} times on end does not go on; trills and repeated notes may for
 *     longer
 * @param drift what is not asked of density, register and pitch classes is held where the prompt or the seed puts it
 * @param unlikely no choice less likely than {@link #LEAST_SHARE} of the likeliest: what people hardly ever play leads a
 *     model that hears itself further and further away
 * @param ending the piece slows down at its end and comes home to its key
 */
public record Guards(
        boolean longNotes, boolean silence, boolean loops, boolean drift, boolean unlikely, boolean ending) {
    /** See {@link #longNotes}. */
    public static final double LONGEST_NOTE_SECONDS = 8;

    /** See {@link #silence}. */
    public static final double LONGEST_GAP_SECONDS = 4;

    /** See {@link #loops}. */
    public static final int REPEATS = 4;

    /** See {@link #unlikely}. */
    public static final double LEAST_SHARE = 0.01;

    /** All of them. */
    public static final Guards ON = new Guards(true, true, true, true, true, true);

    /** None of them. */
    public static final Guards OFF = new Guards(false, false, false, false, false, false);
}
