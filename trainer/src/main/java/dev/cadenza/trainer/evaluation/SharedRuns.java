package dev.cadenza.trainer.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The longest runs of notes that excerpts share with a corpus, whatever key and tempo they are in.
 *
 * <p>A run is compared by its steps from pitch to pitch. Which of two near notes comes first is a matter of milliseconds,
 * which rounding changes: notes that follow each other within a gap are put in order of pitch. Some interval always lies so
 * near to the gap that a copy has it on the other side, and the run breaks there; so everything is read with four gaps, 0,
 * 30, 50 and 75 ms, and the longest of the four runs counts.
 *
 * <p>On MAESTRO, first 200 notes of 192 training pieces, notes of the run that was found, least and median: as they are or
 * transposed 200, 200; 3 % slower 200, 200; on a grid of 10 ms 94, 200; all three at once 71, 200; with onsets shifted by
 * normal numbers of 8 ms 57, 192. The 314 held-out pieces share 11 notes, the 95th percentile is 23, the greatest 42,
 * mostly ostinatos and repeated chords.
 *
 * <p>A grid as coarse as a piano roll's, 125 ms, loses notes that are struck again and orders more than a gap does: of the
 * same copies 7 notes are found, median 21. Such excerpts are to be held against a corpus on the same grid: then 200, 200,
 * and held-out pieces share 9, at most 37.
 *
 * <p>Every reading is a {@link SuffixAutomaton} of the excerpts; the corpus is read once and not kept. Add the excerpts
 * first, then read the corpus, then ask.
 */
public final class SharedRuns {
    private static final int[] GAPS_MILLIS = {0, 30, 50, 75};
    private static final int MILLIS = 1000;
    private static final int PITCHES = 128;

    private final List<SuffixAutomaton> readings =
            Stream.generate(SuffixAutomaton::new).limit(GAPS_MILLIS.length).toList();

    /** Adds an excerpt; {@link #longest} names it by its place. */
    public void add(Excerpt excerpt) {
        for (int reading = 0; reading < GAPS_MILLIS.length; reading++) {
            readings.get(reading).add(steps(excerpt, GAPS_MILLIS[reading]));
        }
    }

    /** Reads a piece of the corpus. */
    public void read(Excerpt piece) {
        for (int reading = 0; reading < GAPS_MILLIS.length; reading++) {
            readings.get(reading).read(steps(piece, GAPS_MILLIS[reading]));
        }
    }

    /** For each excerpt in the order of {@link #add}: notes of the longest run that the corpus has too; 0 for none. */
    public int[] longest() {
        List<int[]> steps = readings.stream().map(SuffixAutomaton::longest).toList();
        return IntStream.range(0, steps.get(0).length)
                .map(excerpt -> steps.stream().mapToInt(of -> of[excerpt]).max().orElse(0))
                // A run of k steps has k + 1 notes.
                .map(most -> most == 0 ? 0 : most + 1)
                .toArray();
    }

    /** Semitones from note to note, plus 128; notes that follow each other within the gap, its end included, by pitch. */
    private static int[] steps(Excerpt excerpt, int gapMillis) {
        int[] pitches = new int[excerpt.notes()];
        int first = 0;
        for (int note = 0; note < pitches.length; note++) {
            if (excerpt.interval(note) * (long) MILLIS > (long) gapMillis * excerpt.ticksPerSecond()) {
                Arrays.sort(pitches, first, note);
                first = note;
            }
            pitches[note] = excerpt.pitch(note);
        }
        Arrays.sort(pitches, first, pitches.length);
        int[] steps = new int[Math.max(0, pitches.length - 1)];
        for (int note = 1; note < pitches.length; note++) {
            steps[note - 1] = pitches[note] - pitches[note - 1] + PITCHES;
        }
        return steps;
    }
}
