package dev.cadenza.exporter.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.console.ProgressBar;
import dev.cadenza.notematrix.NoteMatrix;
import dev.cadenza.trainer.evaluation.Excerpt;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * What a model plays compared with people's, by measures and limits: continuations, pieces from silence, and how a density
 * is kept to. What a later model must pass.
 *
 * @param pieces from silence, {@link #SILENCE_NOTES} notes each
 */
record PlayingComparison(PlayingTable continuations, PlayingTable fromSilence, int pieces) {
    static final int SILENCE_NOTES = 200;

    private static final double OVERLAP = 0.915;
    private static final double LATE_OVERLAP = 0.905;
    private static final double SILENCE_OVERLAP = 0.91;

    /** The density that is asked for, at a temperature that pulls away from it. */
    private static final double DENSITY = 6;

    private static final double DENSITY_TEMPERATURE = 1.5;
    private static final double DENSITY_FACTOR = 1.3;
    private static final int DENSITY_PIECES = 25;

    /**
     * Plays what is still to be played, and measures it.
     *
     * @param continued the pieces of the continuations
     * @param all pieces of the split
     * @param most pieces from silence, of which there are not more than people's
     */
    static PlayingComparison measure(
            Playing playing, Continuations played, List<NoteMatrix> continued, List<NoteMatrix> all, int most) {
        List<Excerpt> steered = dense(playing, continued);
        List<NoteMatrix> others = all.stream()
                .filter(piece -> piece.size() >= SILENCE_NOTES)
                .limit(most)
                .toList();
        List<Playing.Wanted> wanted = Collections.nCopies(others.size(), new Playing.Wanted(null, SILENCE_NOTES));
        List<Excerpt> silence = progress("pieces from silence", wanted.size(), bar -> playing.play(wanted, bar));
        Continuations first = played.first();
        Continuations late = played.late();
        PlayingTable continuations = new PlayingTable("continuations")
                .measures(played.played(), played.human(), ends(continued), true)
                .overlap("overlap_mean", "overlap of nine features", first.played(), first.human(), OVERLAP)
                .overlap("overlap_mean_late", "the same of late notes", late.played(), late.human(), LATE_OVERLAP)
                .density("density 6, T 1.5", steered, DENSITY, DENSITY_FACTOR);
        List<Excerpt> openings = others.stream()
                .map(PlayingComparison::excerpt)
                .map(whole -> whole.part(0, SILENCE_NOTES))
                .toList();
        PlayingTable fromSilence = new PlayingTable("from silence")
                .measures(silence, openings, ends(others), false)
                .overlap("overlap_mean", "overlap of nine features", silence, openings, SILENCE_OVERLAP);
        return new PlayingComparison(continuations, fromSilence, others.size());
    }

    private static List<Excerpt> dense(Playing playing, List<NoteMatrix> continued) {
        List<NoteMatrix> some = continued.subList(0, Math.min(DENSITY_PIECES, continued.size()));
        Playing dense = new Playing(
                playing.model(),
                playing.seed(),
                OptionalDouble.of(DENSITY_TEMPERATURE),
                playing.steering().withDensity(DENSITY));
        return progress(
                        "steered continuations",
                        some.size(),
                        bar -> Continuations.play(dense, some, Continuations.NOTES, bar))
                .played();
    }

    private static <A> A progress(String unit, int count, Function<IntConsumer, A> work) {
        try (ProgressBar progress = ProgressBar.of("playing", unit, count)) {
            return work.apply(progress::update);
        }
    }

    private static Excerpt excerpt(NoteMatrix piece) {
        return new Excerpt(piece.rows(), piece.ticksPerSecond());
    }

    private static List<Excerpt> ends(List<NoteMatrix> pieces) {
        return pieces.stream()
                .map(PlayingComparison::excerpt)
                .map(whole -> whole.part(whole.notes() - SILENCE_NOTES, whole.notes()))
                .toList();
    }

    /** Adds {@code measures}, and {@code from_silence} with its own. */
    void put(ObjectNode node) {
        node.set("measures", continuations.toJson());
        ObjectNode silence = new ObjectMapper().createObjectNode();
        silence.put("pieces", pieces).put("notes", SILENCE_NOTES);
        silence.set("measures", fromSilence.toJson());
        node.set("from_silence", silence);
    }

    String toText() {
        return continuations.toText() + System.lineSeparator() + fromSilence.toText();
    }
}
