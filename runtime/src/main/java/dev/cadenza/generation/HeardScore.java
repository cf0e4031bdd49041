package dev.cadenza.generation;

import dev.cadenza.generation.steering.Steering;
import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.music.Score;
import dev.cadenza.notematrix.NoteMatrix;
import dev.cadenza.notematrix.PerformerNotes;

/**
 * A score as a model reads it.
 *
 * @param notes what the model can say of it, on the model's grid
 * @param merged notes that are not among them because they strike a key at the same tick of the grid as another does
 * @param unplayable notes that are not among them because the model has no such key
 * @param cut notes that are shorter than written, because their key is struck again
 */
record HeardScore(NoteMatrix notes, int merged, int unplayable, int cut) {
    /**
     * Reads a score for a model.
     *
     * @throws IllegalArgumentException when the model can read none of its notes
     */
    static HeardScore of(ModelDescription model, Score score) {
        NoteMatrix whole = NoteMatrix.of(score, model.ticksPerSecond());
        if (whole.size() == 0) {
            throw new IllegalArgumentException("the score has no note other than percussion");
        }
        if (model.shape().classes().isEmpty()) {
            return new HeardScore(whole, 0, 0, 0);
        }
        NoteMatrix played = NoteMatrix.of(model.ticksPerSecond(), PerformerNotes.of(whole.rows()));
        if (played.size() == 0) {
            throw new IllegalArgumentException(
                    "none of the " + whole.size() + " notes is on the piano's keys, 21..108");
        }
        int unplayable = 0;
        for (int note = 0; note < whole.size(); note++) {
            unplayable += isPlayable(whole.pitch(note)) ? 0 : 1;
        }
        return new HeardScore(played, whole.size() - played.size() - unplayable, unplayable, cut(whole));
    }

    /** Whether a model that chooses among classes has this key. */
    static boolean isPlayable(int pitch) {
        return Steering.PIANO.contains(pitch);
    }

    private static int cut(NoteMatrix notes) {
        int cut = 0;
        long[] ends = new long[128];
        long[] onsets = new long[128];
        for (int note = 0; note < notes.size(); note++) {
            int pitch = notes.pitch(note);
            long onset = notes.onsetTick(note);
            long end = onset + notes.duration(note);
            if (isPlayable(pitch) && ends[pitch] > onset && onsets[pitch] < onset) {
                cut++;
            }
            ends[pitch] = onsets[pitch] == onset ? Math.max(ends[pitch], end) : end;
            onsets[pitch] = onset;
        }
        return cut;
    }
}
