package dev.cadenza.exporter.play;

import dev.cadenza.console.ProgressBar;
import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Generator;
import dev.cadenza.generation.Length;
import dev.cadenza.generation.NoteListener;
import dev.cadenza.generation.Piece;
import dev.cadenza.generation.steering.Steering;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.Player;
import dev.cadenza.music.MidiFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.TimeoutException;

/** Pieces that a model plays from silence, as MIDI files. */
public final class PieceFiles {
    private PieceFiles() {}

    /**
     * What is played.
     *
     * @param pieces how many, 1 or more
     * @param notes of each
     * @param seed of the first; each has the next one
     */
    public record Plan(int pieces, int notes, long seed, OptionalDouble temperature) {}

    /**
     * Writes {@code piece-001.mid} and on.
     *
     * @param folder made when absent
     * @throws IllegalArgumentException when notes or temperature are out of their range
     */
    public static void write(Player model, Path folder, Plan plan) throws IOException {
        Files.createDirectories(folder);
        try (ProgressBar progress = ProgressBar.of("playing", "pieces", plan.pieces())) {
            for (int piece = 0; piece < plan.pieces(); piece++) {
                Path file = folder.resolve(String.format(Locale.ROOT, "piece-%03d.mid", piece + 1));
                MidiFiles.write(piece(model, plan, plan.seed() + piece).complete(0), file);
                progress.update(piece + 1);
            }
        }
    }

    private static Piece piece(Player model, Plan plan, long seed) {
        try {
            GenerationOptions options =
                    new GenerationOptions(seed, new Length.Notes(plan.notes()), plan.temperature(), 1, Steering.NONE);
            return Generator.generate(model, null, options, NoteListener.SILENT, Deadline.NONE);
        } catch (TimeoutException e) {
            throw new IllegalStateException("there is no deadline", e);
        }
    }
}
