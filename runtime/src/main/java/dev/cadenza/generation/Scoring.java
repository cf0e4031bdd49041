package dev.cadenza.generation;

import dev.cadenza.music.Score;
import dev.cadenza.notematrix.NoteMatrix;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Asks a model how likely the notes of a score are, each after all before it. */
public final class Scoring {
    private static final List<String> ATTRIBUTES = List.of("interval", "pitch", "velocity", "duration");

    private Scoring() {}

    /**
     * Scores a piece from its first note on, at temperature 1, with nothing asked of the model.
     *
     * @throws IllegalArgumentException when the model can hear none of its notes
     * @throws TimeoutException when the deadline passes first
     */
    public static ScoredPiece score(StepModel model, Score score, Deadline deadline) throws TimeoutException {
        HeardScore heard = HeardScore.of(model, score);
        return score(model, heard.notes(), heard.merged(), deadline);
    }

    /**
     * Scores rows that the model can say.
     *
     * @param notes on the model's grid; for a model that chooses among classes as {@code PerformerNotes} gives them
     * @throws TimeoutException when the deadline passes first
     */
    public static ScoredPiece score(StepModel model, NoteMatrix notes, Deadline deadline) throws TimeoutException {
        return score(model, notes, 0, deadline);
    }

    private static ScoredPiece score(StepModel model, NoteMatrix notes, int merged, Deadline deadline)
            throws TimeoutException {
        float[] logp = {};
        int width = 0;
        try (StepModel.State state = model.start(1)) {
            for (int from = 0; from < notes.size(); from += StepModel.MAX_STEPS) {
                if (deadline.passed()) {
                    throw new TimeoutException("time ran out at note " + from + " of " + notes.size());
                }
                int steps = Math.min(StepModel.MAX_STEPS, notes.size() - from);
                StepInput input = StepInput.blank(model.shape(), steps, 1);
                GivenNotes.fill(input, notes.rows(), from);
                float[] part = model.run(input, state).logp();
                if (from == 0) {
                    width = part.length / steps;
                    logp = new float[notes.size() * width];
                }
                System.arraycopy(part, 0, logp, from * width, part.length);
            }
        }
        return new ScoredPiece(notes, ATTRIBUTES.subList(0, width), logp, merged);
    }
}
