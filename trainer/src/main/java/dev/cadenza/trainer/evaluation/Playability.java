package dev.cadenza.trainer.evaluation;

import java.util.stream.IntStream;

/**
 * Whether hands can strike what an excerpt strikes together, that is within 30 ms. Two hands have five fingers each, and
 * each spans 14 semitones.
 *
 * @param unplayableOnsets onsets that two hands cannot strike
 * @param mostNotes of one onset
 * @param notesPerOnset mean; 0 without notes
 */
public record Playability(int unplayableOnsets, int mostNotes, double notesPerOnset) {
    private static final int FINGERS = 5;
    private static final int SPAN_SEMITONES = 14;
    /** Two hands' fingers: an onset of more notes is an avalanche. */
    private static final int TEN = 2 * FINGERS;

    /** Measures an excerpt of any length. */
    public static Playability of(Excerpt excerpt) {
        Onsets onsets = Onsets.of(excerpt);
        int unplayable = (int) IntStream.range(0, onsets.count())
                .filter(onset -> !canStrike(onsets.keys(onset)))
                .count();
        int most = IntStream.range(0, onsets.count()).map(onsets::notes).max().orElse(0);
        return new Playability(unplayable, most, onsets.count() == 0 ? 0 : (double) excerpt.notes() / onsets.count());
    }

    /** Whether hands can strike all of it. */
    public boolean isPlayable() {
        return unplayableOnsets == 0;
    }

    /** Whether more than ten notes are struck at once somewhere. */
    public boolean isAvalanche() {
        return mostNotes > TEN;
    }

    /**
     * Whether two hands can strike keys at once, the lower ones with the left.
     *
     * @param keys ascending, none twice
     */
    static boolean canStrike(int[] keys) {
        for (int left = Math.max(0, keys.length - FINGERS); left <= Math.min(FINGERS, keys.length); left++) {
            if (isWithinSpan(keys, 0, left) && isWithinSpan(keys, left, keys.length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWithinSpan(int[] keys, int from, int to) {
        return from == to || keys[to - 1] - keys[from] <= SPAN_SEMITONES;
    }
}
