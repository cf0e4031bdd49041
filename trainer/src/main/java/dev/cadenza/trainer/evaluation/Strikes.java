package dev.cadenza.trainer.evaluation;

import java.util.Arrays;

/**
 * How keys are struck.
 *
 * @param clashes share of the pairs of keys struck together (within 30 ms) that lie a semitone or a major seventh apart,
 *     octaves aside; 0 without pairs
 * @param reStrikes share of the notes that end when their own key is struck again; 0 without notes
 */
public record Strikes(double clashes, double reStrikes) {
    private static final int OCTAVE = 12;
    private static final int MIDI_KEYS = 128;

    /** Measures an excerpt of any length. */
    public static Strikes of(Excerpt excerpt) {
        return new Strikes(clashes(Onsets.of(excerpt)), reStrikes(excerpt));
    }

    private static double clashes(Onsets onsets) {
        int pairs = 0;
        int clashes = 0;
        for (int onset = 0; onset < onsets.count(); onset++) {
            int[] keys = onsets.keys(onset);
            for (int upper = 1; upper < keys.length; upper++) {
                for (int lower = 0; lower < upper; lower++) {
                    int semitones = (keys[upper] - keys[lower]) % OCTAVE;
                    pairs++;
                    clashes += semitones == 1 || semitones == OCTAVE - 1 ? 1 : 0;
                }
            }
        }
        return pairs == 0 ? 0 : (double) clashes / pairs;
    }

    private static double reStrikes(Excerpt excerpt) {
        long[] onsets = excerpt.onsets();
        long[] ends = new long[MIDI_KEYS];
        Arrays.fill(ends, Long.MIN_VALUE);
        int cut = 0;
        for (int note = 0; note < onsets.length; note++) {
            int key = excerpt.pitch(note);
            cut += ends[key] != Long.MIN_VALUE && ends[key] >= onsets[note] ? 1 : 0;
            ends[key] = onsets[note] + excerpt.duration(note);
        }
        return onsets.length == 0 ? 0 : (double) cut / onsets.length;
    }
}
