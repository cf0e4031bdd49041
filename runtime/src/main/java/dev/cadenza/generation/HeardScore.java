package dev.cadenza.generation;

import dev.cadenza.music.Score;
import dev.cadenza.notematrix.NoteMatrix;
import dev.cadenza.notematrix.PerformerNotes;

/**
 * A score as a model hears it.
 *
 * @param notes what the model can say of it, on the model's grid
 * @param merged notes that are not among them
 * @param cut notes that are shorter than written, because their key is struck again
 */
record HeardScore(NoteMatrix notes, int merged, int cut) {
    /**
     * Reads a score for a model.
     *
     * @throws IllegalArgumentException when nothing of it can be heard
     */
    static HeardScore of(StepModel model, Score score) {
        NoteMatrix whole = NoteMatrix.of(score, model.ticksPerSecond());
        if (whole.size() == 0) {
            throw new IllegalArgumentException("the score has no note besides percussion");
        }
        if (model.shape().classes().isEmpty()) {
            return new HeardScore(whole, 0, 0);
        }
        NoteMatrix played = NoteMatrix.of(model.ticksPerSecond(), PerformerNotes.of(whole.rows()));
        if (played.size() == 0) {
            throw new IllegalArgumentException(
                    "none of the " + whole.size() + " notes is on the piano's keys, 21..108");
        }
        return new HeardScore(played, whole.size() - played.size(), cut(whole));
    }

    private static int cut(NoteMatrix notes) {
        int cut = 0;
        long[] ends = new long[128];
        long[] onsets = new long[128];
        for (int note = 0; note < notes.size(); note++) {
            int pitch = notes.pitch(note);
            long onset = notes.onsetTick(note);
            long end = onset + notes.duration(note);
            if (ends[pitch] > onset && onsets[pitch] < onset) {
                cut++;
            }
            ends[pitch] = onsets[pitch] == onset ? Math.max(ends[pitch], end) : end;
            onsets[pitch] = onset;
        }
        return cut;
    }
}
