package dev.cadenza.exporter.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.console.ProgressBar;
import dev.cadenza.generation.steering.Steering;
import dev.cadenza.generation.step.Player;
import dev.cadenza.notematrix.NoteMatrix;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.evaluation.Excerpt;
import dev.cadenza.trainer.performer.PerformedPiece;
import dev.cadenza.trainer.performer.PerformerPreset;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a performer's file comes to on a corpus.
 *
 * @param likelihood null when it was not asked for
 * @param report of continuations and pieces from silence; null when none were asked for
 */
public record FileScore(
        @Nullable VersionLikelihood likelihood, @Nullable ContinuationReport report) {
    /** The grid of a corpus that models are measured on. */
    public static final int CORPUS_TICKS_PER_SECOND = PerformerPreset.CORPUS_TICKS_PER_SECOND;

    /**
     * What is measured.
     *
     * @param split of the pieces that are scored and continued
     * @param likelihood whether they are scored
     * @param continuations how many are played, and as many pieces from silence; 0 for none
     * @param seed of the first of each; all others have the next one
     * @param temperature of the playing
     * @param steering what is asked of the player
     */
    public record Plan(
            Split split,
            boolean likelihood,
            int continuations,
            long seed,
            OptionalDouble temperature,
            Steering steering) {
        /** The likelihood of the validation split, and this number of continuations, at the standard temperature. */
        public static Plan ofValidation(int continuations) {
            return new Plan(Split.VALIDATION, true, continuations, 0, OptionalDouble.empty(), Steering.NONE);
        }
    }

    /**
     * Measures a model.
     *
     * @param model one that chooses among classes
     * @param corpus on a grid at least as fine as the model's
     * @throws IllegalArgumentException when the split has no piece, or none that is long enough
     */
    public static FileScore measure(Player model, EncodedCorpus corpus, Plan plan) {
        List<NoteMatrix> pieces =
                pieces(corpus, plan.split(), model.description().ticksPerSecond());
        VersionLikelihood likelihood = null;
        if (plan.likelihood()) {
            long notes = pieces.stream().mapToLong(NoteMatrix::size).sum();
            try (ProgressBar progress = ProgressBar.of("scoring " + plan.split().label(), "notes", notes)) {
                likelihood = VersionLikelihood.measure(model, pieces, progress::update);
            }
        }
        return new FileScore(likelihood, plan.continuations() > 0 ? played(model, pieces, corpus, plan) : null);
    }

    private static ContinuationReport played(Player model, List<NoteMatrix> pieces, EncodedCorpus corpus, Plan plan) {
        Playing playing = new Playing(model, plan.seed(), plan.temperature(), plan.steering());
        List<NoteMatrix> continued = Continuations.continued(pieces, plan.continuations());
        Continuations played;
        try (ProgressBar progress = ProgressBar.of("playing", "continuations", continued.size())) {
            played = Continuations.play(playing, continued, Continuations.LONG_NOTES, progress::update);
        }
        List<Excerpt> training = pieces(corpus, Split.TRAIN, model.description().ticksPerSecond()).stream()
                .map(piece -> new Excerpt(piece.rows(), piece.ticksPerSecond()))
                .toList();
        return new ContinuationReport(
                played.first(),
                training,
                PlayingComparison.measure(playing, played, continued, pieces, plan.continuations()));
    }

    private static List<NoteMatrix> pieces(EncodedCorpus corpus, Split split, int ticksPerSecond) {
        return corpus.pieces(split).stream()
                .map(piece -> NoteMatrix.of(ticksPerSecond, PerformedPiece.rows(corpus, piece)))
                .filter(piece -> piece.size() > 0)
                .toList();
    }

    /** All figures: the likelihood's keys, and {@code playing}. */
    public ObjectNode toJson() {
        ObjectNode node = new ObjectMapper().createObjectNode();
        if (likelihood != null) {
            node.setAll(likelihood.toJson());
        }
        if (report != null) {
            node.set("playing", report.toJson());
        }
        return node;
    }

    /** The figures that a model's card shows: the likelihood's keys, and by figure what was played compared with people's. */
    public ObjectNode summary() {
        ObjectNode node = new ObjectMapper().createObjectNode();
        if (likelihood != null) {
            node.setAll(likelihood.toJson());
        }
        if (report != null) {
            node.set("playing", report.summary());
        }
        return node;
    }

    /** For people. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        if (likelihood != null) {
            text.append(likelihood.toText()).append(System.lineSeparator());
        }
        if (report != null) {
            text.append(report.toText());
        }
        return text.toString();
    }
}
