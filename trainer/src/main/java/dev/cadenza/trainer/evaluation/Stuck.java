package dev.cadenza.trainer.evaluation;

import java.util.OptionalInt;

/**
 * How long an excerpt stays on few keys, whatever else it plays meanwhile.
 *
 * @param longestPulseSeconds from the first to the last of the strikes of one key that follow each other within 0.5 s
 * @param longestTrillSeconds the same of two keys at most two semitones apart that are struck in turn, not together; 0
 *     unless there are four strikes
 * @param fewestKeys different keys in any 64 notes in a row; empty when there are not so many notes
 */
public record Stuck(double longestPulseSeconds, double longestTrillSeconds, OptionalInt fewestKeys) {
    private static final int MIDI_KEYS = 128;
    private static final int WINDOW_NOTES = 64;
    private static final int TRILL_SEMITONES = 2;
    private static final int TRILL_STRIKES = 4;
    private static final long GAP_MILLIS = 500;
    private static final long TOGETHER_MILLIS = 30;

    /** Measures an excerpt of any length. */
    public static Stuck of(Excerpt excerpt) {
        long[] onsets = excerpt.onsets();
        double longestPulse = 0;
        double longestTrill = 0;
        for (int key = 0; key < MIDI_KEYS; key++) {
            longestPulse = Math.max(longestPulse, longestRun(excerpt, onsets, key, key));
            for (int other = key + 1; other <= key + TRILL_SEMITONES; other++) {
                longestTrill = Math.max(longestTrill, longestRun(excerpt, onsets, key, other));
            }
        }
        return new Stuck(longestPulse, longestTrill, fewestKeys(excerpt));
    }

    /** Seconds of the longest run of strikes of one key (both the same), or of two in turn. */
    private static double longestRun(Excerpt excerpt, long[] onsets, int one, int other) {
        boolean pulse = one == other;
        long gap = GAP_MILLIS * excerpt.ticksPerSecond() / 1000;
        long together = TOGETHER_MILLIS * excerpt.ticksPerSecond() / 1000;
        long longest = 0;
        int before = -1;
        long began = 0;
        int strikes = 0;
        for (int note = 0; note < onsets.length; note++) {
            int key = excerpt.pitch(note);
            if (key != one && key != other) {
                continue;
            }
            long passed = before < 0 ? Long.MAX_VALUE : onsets[note] - onsets[before];
            boolean goesOn = passed <= gap && (pulse || (key != excerpt.pitch(before) && passed > together));
            began = goesOn ? began : onsets[note];
            strikes = goesOn ? strikes + 1 : 1;
            if (pulse || strikes >= TRILL_STRIKES) {
                longest = Math.max(longest, onsets[note] - began);
            }
            before = note;
        }
        return longest / (double) excerpt.ticksPerSecond();
    }

    private static OptionalInt fewestKeys(Excerpt excerpt) {
        int[] times = new int[MIDI_KEYS];
        int fewest = Integer.MAX_VALUE;
        int different = 0;
        for (int note = 0; note < excerpt.notes(); note++) {
            different += times[excerpt.pitch(note)]++ == 0 ? 1 : 0;
            if (note >= WINDOW_NOTES) {
                different -= --times[excerpt.pitch(note - WINDOW_NOTES)] == 0 ? 1 : 0;
            }
            fewest = note >= WINDOW_NOTES - 1 ? Math.min(fewest, different) : fewest;
        }
        return fewest == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(fewest);
    }
}
