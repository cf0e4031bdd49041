package dev.cadenza.exporter.score;

import dev.cadenza.notematrix.NoteMatrix;
import dev.cadenza.trainer.evaluation.Excerpt;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * What a model plays after openings of held-out pieces, and what people played there.
 *
 * @param played one excerpt an opening, {@link #NOTES} to {@link #LONG_NOTES} notes each
 * @param human the true continuations, in the same order and of the same lengths
 * @param seconds that the playing took, prompts counted in
 */
record Continuations(List<Excerpt> played, List<Excerpt> human, double seconds) {
    static final int OPENING = 100;
    /** Of every continuation. */
    static final int NOTES = 400;
    /** Of a continuation where the piece is that long. */
    static final int LONG_NOTES = 600;

    /** The first pieces that are long enough to be continued. */
    static List<NoteMatrix> continued(List<NoteMatrix> pieces, int most) {
        return pieces.stream()
                .filter(piece -> piece.size() >= OPENING + NOTES)
                .limit(most)
                .toList();
    }

    /**
     * Continues pieces' openings.
     *
     * @param pieces on the model's grid, as {@link #continued} chooses them
     * @param mostNotes of each continuation
     * @param progress gets how many are done
     * @throws IllegalArgumentException when there is no piece
     */
    static Continuations play(Playing playing, List<NoteMatrix> pieces, int mostNotes, IntConsumer progress) {
        if (pieces.isEmpty()) {
            throw new IllegalArgumentException("no piece has " + (OPENING + NOTES) + " notes");
        }
        List<Excerpt> wholes = pieces.stream()
                .map(piece -> new Excerpt(piece.rows(), piece.ticksPerSecond()))
                .toList();
        List<Excerpt> human = wholes.stream()
                .map(whole -> whole.part(OPENING, Math.min(whole.notes(), OPENING + mostNotes)))
                .toList();
        long began = System.nanoTime();
        List<Excerpt> played = playing.play(
                IntStream.range(0, wholes.size())
                        .mapToObj(at -> new Playing.Wanted(
                                wholes.get(at).part(0, OPENING), human.get(at).notes()))
                        .toList(),
                progress);
        return new Continuations(played, human, (System.nanoTime() - began) / 1e9);
    }

    /** The first {@link #NOTES} notes of each. */
    Continuations first() {
        UnaryOperator<Excerpt> cut = excerpt -> excerpt.part(0, NOTES);
        return new Continuations(
                played.stream().map(cut).toList(), human.stream().map(cut).toList(), seconds);
    }

    /** The last {@link #NOTES} notes of those that have {@link #LONG_NOTES}; may be empty. */
    Continuations late() {
        List<Integer> full = IntStream.range(0, human.size())
                .filter(at -> human.get(at).notes() == LONG_NOTES)
                .boxed()
                .toList();
        UnaryOperator<Excerpt> cut = excerpt -> excerpt.part(LONG_NOTES - NOTES, LONG_NOTES);
        return new Continuations(
                full.stream().map(played::get).map(cut).toList(),
                full.stream().map(human::get).map(cut).toList(),
                seconds);
    }
}
