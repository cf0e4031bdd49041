package dev.cadenza.generation;

import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.Player;
import dev.cadenza.generation.step.StepTask;
import dev.cadenza.notematrix.NoteMatrix;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Plays a model: reads the prompt, then asks for one note after the other and gives the model what it played. All
 * variations of a request run as rows of one batch.
 *
 * <pre>{@code
 * Piece piece = Generator.generate(player, null, GenerationOptions.ofSeed(7), NoteListener.SILENT, Deadline.NONE);
 * MidiFiles.write(piece.complete(0), Path.of("piece.mid"));
 * }</pre>
 */
public final class Generator {
    private Generator() {}

    /**
     * Makes the piece and waits for it.
     *
     * @param prompt what to continue, if anything
     * @throws TimeoutException if the deadline passes first
     * @throws CancellationException if the listener says so
     */
    public static Piece generate(
            Player player, @Nullable Prompt prompt, GenerationOptions options, NoteListener listener, Deadline deadline)
            throws TimeoutException {
        return player.await(task(player.description(), prompt, options, listener), deadline);
    }

    /**
     * The piece as a task that is still to be run.
     *
     * @param model that will play it
     * @param prompt what to continue, if anything
     * @param listener gets every new note, on the thread that runs the task
     */
    public static StepTask<Piece> task(
            ModelDescription model, @Nullable Prompt prompt, GenerationOptions options, NoteListener listener) {
        NoteMatrix heard = prompt == null
                ? NoteMatrix.of(model.ticksPerSecond(), new int[0])
                : HeardScore.of(model, prompt.score()).notes();
        return new GenerationTask(model, prompt, heard, options, listener);
    }
}
