package dev.cadenza.trainer.evaluation;

import java.util.HashSet;
import java.util.Set;

/**
 * Figures of one excerpt. Polyphony, pitch-class entropy and scale consistency are MusPy's (Dong et al., ISMIR 2020) on
 * the excerpt's own grid of ticks.
 *
 * @param notesPerSecond notes after the first, over the time from the first onset to the last
 * @param polyphony keys sounding, mean over the time in which any does
 * @param pitchMean MIDI pitch
 * @param pitchDeviation standard deviation of the pitch, semitones
 * @param pitchClassEntropy bits, 0..3.585
 * @param scaleConsistency the largest share of notes that lie in one of the 24 major and natural minor scales
 * @param repeatedFourGrams share of the runs of four pitches that were there before
 * @param barRepeats how often one pattern follows itself, the first time counted; see {@link Repeats}
 * @param longestGapSeconds between two onsets
 * @param longestSilenceSeconds with no key sounding
 * @param longestNoteSeconds from onset to end
 * @param velocityDeviation standard deviation of the velocity
 */
public record MusicFigures(
        double notesPerSecond,
        double polyphony,
        double pitchMean,
        double pitchDeviation,
        double pitchClassEntropy,
        double scaleConsistency,
        double repeatedFourGrams,
        int barRepeats,
        double longestGapSeconds,
        double longestSilenceSeconds,
        double longestNoteSeconds,
        double velocityDeviation) {
    private static final int CLASSES = 12;
    private static final int GRAM = 4;
    private static final int[] MAJOR = {0, 2, 4, 5, 7, 9, 11};

    /**
     * Measures an excerpt.
     *
     * @throws IllegalArgumentException when it has fewer than two notes
     */
    public static MusicFigures of(Excerpt excerpt) {
        int notes = excerpt.notes();
        if (notes < 2) {
            throw new IllegalArgumentException("notes (" + notes + ") must be at least 2");
        }
        double perSecond = excerpt.ticksPerSecond();
        long[] onsets = excerpt.onsets();
        double span = Math.max(1, onsets[notes - 1]) / perSecond;
        Sums pitches = new Sums();
        Sums velocities = new Sums();
        int[] classes = new int[CLASSES];
        long gap = 0;
        long longest = 0;
        for (int note = 0; note < notes; note++) {
            pitches.add(excerpt.pitch(note));
            velocities.add(excerpt.velocity(note));
            classes[excerpt.pitch(note) % CLASSES]++;
            longest = Math.max(longest, excerpt.duration(note));
            gap = note == 0 ? gap : Math.max(gap, excerpt.interval(note));
        }
        long sounding = 0;
        long end = 0;
        long silence = 0;
        long busy = 0;
        for (int note = 0; note < notes; note++) {
            long noteEnd = onsets[note] + excerpt.duration(note);
            sounding += excerpt.duration(note);
            if (note > 0) {
                silence = Math.max(silence, onsets[note] - end);
            }
            busy += Math.max(0, noteEnd - Math.max(end, onsets[note]));
            end = Math.max(end, noteEnd);
        }
        return new MusicFigures(
                (notes - 1) / span,
                (double) sounding / busy,
                pitches.mean(),
                pitches.deviation(),
                entropy(classes, notes),
                scale(classes, notes),
                repeatedGrams(excerpt),
                Repeats.longest(excerpt),
                gap / perSecond,
                silence / perSecond,
                longest / perSecond,
                velocities.deviation());
    }

    private static double entropy(int[] classes, int notes) {
        double bits = 0;
        for (int count : classes) {
            if (count > 0) {
                double share = (double) count / notes;
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }

    /** A natural minor scale has the notes of its relative major: twelve sets are all 24. */
    private static double scale(int[] classes, int notes) {
        int best = 0;
        for (int root = 0; root < CLASSES; root++) {
            int inside = 0;
            for (int degree : MAJOR) {
                inside += classes[(root + degree) % CLASSES];
            }
            best = Math.max(best, inside);
        }
        return (double) best / notes;
    }

    private static double repeatedGrams(Excerpt excerpt) {
        Set<Integer> seen = new HashSet<>();
        int repeated = 0;
        int all = excerpt.notes() - GRAM + 1;
        for (int first = 0; first < all; first++) {
            int gram = 0;
            for (int i = 0; i < GRAM; i++) {
                gram = gram << 7 | excerpt.pitch(first + i);
            }
            repeated += seen.add(gram) ? 0 : 1;
        }
        return all < 1 ? 0 : (double) repeated / all;
    }

    private static final class Sums {
        private long count;
        private double sum;
        private double squares;

        void add(double value) {
            count++;
            sum += value;
            squares += value * value;
        }

        double mean() {
            return sum / count;
        }

        double deviation() {
            return Math.sqrt(Math.max(0, squares / count - mean() * mean()));
        }
    }
}
