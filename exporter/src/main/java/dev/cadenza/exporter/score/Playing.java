package dev.cadenza.exporter.score;

import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Generator;
import dev.cadenza.generation.Length;
import dev.cadenza.generation.NoteListener;
import dev.cadenza.generation.Piece;
import dev.cadenza.generation.Prompt;
import dev.cadenza.generation.steering.Steering;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.Player;
import dev.cadenza.music.TempoMap;
import dev.cadenza.notematrix.NoteMatrix;
import dev.cadenza.trainer.evaluation.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How a model plays many pieces: all at once, so that a player that steps them as one batch can.
 *
 * @param seed of the first piece; each has the next one
 * @param steering what is asked of the player
 */
record Playing(Player model, long seed, OptionalDouble temperature, Steering steering) {
    /** General MIDI. */
    private static final int PIANO = 0;

    /**
     * One piece.
     *
     * @param opening what is continued, on the model's grid; null for a piece from silence
     * @param notes how many new ones
     */
    record Wanted(@Nullable Excerpt opening, int notes) {}

    /**
     * Plays.
     *
     * @param progress gets how many are done, from any thread
     * @return the new notes of each, on the model's grid
     */
    List<Excerpt> play(List<Wanted> wanted, IntConsumer progress) {
        AtomicInteger done = new AtomicInteger();
        List<CompletableFuture<Excerpt>> playing = new ArrayList<>();
        for (Wanted one : wanted) {
            GenerationOptions options = new GenerationOptions(
                    seed + playing.size(), new Length.Notes(one.notes()), temperature, 1, steering);
            playing.add(model.play(
                            Generator.task(model.description(), prompt(one.opening()), options, NoteListener.SILENT),
                            Deadline.NONE,
                            () -> true)
                    .thenApply(piece -> {
                        progress.accept(done.incrementAndGet());
                        return excerpt(piece);
                    }));
        }
        return playing.stream().map(CompletableFuture::join).toList();
    }

    private static Excerpt excerpt(Piece piece) {
        NoteMatrix notes = piece.variations().get(0).notes();
        return new Excerpt(notes.rows(), notes.ticksPerSecond());
    }

    private static @Nullable Prompt prompt(@Nullable Excerpt opening) {
        if (opening == null) {
            return null;
        }
        // A quarter note of 500 ms in ticks of the model's grid.
        TempoMap tempo = TempoMap.constant(Math.max(1, opening.ticksPerSecond() / 2), 500_000);
        return new Prompt(
                NoteMatrix.of(opening.ticksPerSecond(), opening.rows()).toScore(tempo, PIANO));
    }
}
