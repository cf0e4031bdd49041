package dev.cadenza.generation;

import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.GivenNotes;
import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.Player;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import dev.cadenza.generation.step.StepShape;
import dev.cadenza.generation.step.StepTask;
import dev.cadenza.music.Score;
import dev.cadenza.notematrix.NoteMatrix;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Asks a model how likely the notes of a score are, each after all before it, at temperature 1. */
public final class Scoring {
    private static final List<String> ATTRIBUTES = List.of("interval", "pitch", "velocity", "duration");

    private Scoring() {}

    /**
     * The scoring of a piece from its first note on, with nothing asked of the model; still to be run.
     *
     * @param model that will score it
     * @throws IllegalArgumentException when the model cannot score notes, or can read none of them
     */
    public static StepTask<ScoredPiece> task(ModelDescription model, Score score) {
        if (!model.shape().scores()) {
            throw new IllegalArgumentException(
                    "a model of kind " + model.kind() + " takes steps, and cannot say how likely a note is");
        }
        HeardScore heard = HeardScore.of(model, score);
        return new Reading(model.shape(), heard.notes(), heard.merged(), heard.unplayable());
    }

    /**
     * Scores a piece and waits for the result; see {@link #task}.
     *
     * @throws IllegalArgumentException when the model can read none of its notes
     * @throws TimeoutException when the deadline passes first
     */
    public static ScoredPiece score(Player player, Score score, Deadline deadline) throws TimeoutException {
        return player.await(task(player.description(), score), deadline);
    }

    /**
     * Scores rows that the model can say.
     *
     * @param notes on the model's grid; for a model that chooses among classes as {@code PerformerNotes} gives them
     * @throws TimeoutException when the deadline passes first
     */
    public static ScoredPiece score(Player player, NoteMatrix notes, Deadline deadline) throws TimeoutException {
        return player.await(new Reading(player.description().shape(), notes, 0, 0), deadline);
    }

    /** Chunks of given notes. */
    private static final class Reading implements StepTask<ScoredPiece> {
        private final StepShape shape;
        private final NoteMatrix notes;
        private final int[] given;
        private final int merged;
        private final int unplayable;
        private int asked;
        private int width;
        private float[] logp = {};

        Reading(StepShape shape, NoteMatrix notes, int merged, int unplayable) {
            this.shape = shape;
            this.notes = notes;
            given = notes.rows();
            this.merged = merged;
            this.unplayable = unplayable;
        }

        @Override
        public int rows() {
            return 1;
        }

        @Override
        public Optional<StepInput> next() {
            if (asked == notes.size()) {
                return Optional.empty();
            }
            int steps = Math.min(StepModel.MAX_STEPS, notes.size() - asked);
            StepInput input = StepInput.blank(shape, steps, 1);
            GivenNotes.fill(input, given, asked);
            asked += steps;
            return Optional.of(input);
        }

        @Override
        public void take(StepOutput output) {
            int steps = output.next().length / StepModel.ATTRIBUTES;
            if (logp.length == 0) {
                width = output.logp().length / steps;
                logp = new float[notes.size() * width];
            }
            System.arraycopy(output.logp(), 0, logp, (asked - steps) * width, output.logp().length);
        }

        @Override
        public ScoredPiece result() {
            return new ScoredPiece(notes, ATTRIBUTES.subList(0, width), logp, merged, unplayable);
        }

        @Override
        public String progress() {
            return "at note " + asked + " of " + notes.size();
        }
    }
}
