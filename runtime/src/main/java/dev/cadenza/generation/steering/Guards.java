package dev.cadenza.generation.steering;

import java.util.Optional;

/**
 * What a performer is kept from, each of which can be turned off.
 *
 * @param longNotes no note longer than {@link #LONGEST_NOTE_SECONDS}, unless the prompt has one
 * @param silence no more than {@link #LONGEST_GAP_SECONDS} between two onsets, unless all keys that may be played sound
 * @param loops a pattern that was played {@link #REPEATS} times in a row does not go on; a trill, or a pulse on one key,
 *     may for six seconds, also when other keys are played in between
 * @param drift what is not asked of density, register and pitch classes is held where the prompt or the seed puts it
 * @param unlikely no choice less likely than {@link #LEAST_SHARE} of the likeliest: what people hardly ever play leads a
 *     model that hears itself further and further away
 * @param ending the piece slows down at its end and ends on its tonic
 * @param hands whose reach everything that is struck together keeps to; empty: no hands
 */
public record Guards(
        boolean longNotes,
        boolean silence,
        boolean loops,
        boolean drift,
        boolean unlikely,
        boolean ending,
        Optional<TwoHands> hands) {
    /** See {@link #longNotes}. */
    public static final double LONGEST_NOTE_SECONDS = 8;

    /** See {@link #silence}. */
    public static final double LONGEST_GAP_SECONDS = 4;

    /** See {@link #loops}. */
    public static final int REPEATS = 4;

    /** See {@link #unlikely}. */
    public static final double LEAST_SHARE = 0.01;

    /** All of them. */
    public static final Guards ON = new Guards(true, true, true, true, true, true, Optional.of(TwoHands.STANDARD));

    /** None of them. */
    public static final Guards OFF = new Guards(false, false, false, false, false, false, Optional.empty());

    /** The same with other hands, or with none. */
    public Guards withHands(Optional<TwoHands> newHands) {
        return new Guards(longNotes, silence, loops, drift, unlikely, ending, newHands);
    }
}
