package dev.cadenza.exporter.score;

import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Generator;
import dev.cadenza.generation.Length;
import dev.cadenza.generation.NoteListener;
import dev.cadenza.generation.Prompt;
import dev.cadenza.generation.steering.Steering;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.Player;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.music.TempoMap;
import dev.cadenza.notematrix.NoteMatrix;
import dev.cadenza.trainer.evaluation.Excerpt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/**
 * What a model plays after openings of held-out pieces, and what people played there.
 *
 * @param played one excerpt an opening
 * @param human the true continuations, in the same order
 * @param seconds that the playing took, prompts counted in
 */
record Continuations(List<Excerpt> played, List<Excerpt> human, double seconds) {
    static final int OPENING = 100;
    static final int NOTES = 400;
    private static final int ATTRIBUTES = StepModel.ATTRIBUTES;
    /** General MIDI. */
    private static final int PIANO = 0;

    /** A quarter note of 500 ms in ticks of the model's grid. */
    private static TempoMap tempoMap(int ticksPerSecond) {
        return TempoMap.constant(Math.max(1, ticksPerSecond / 2), 500_000);
    }

    /**
     * Plays the first pieces that are long enough.
     *
     * @param pieces on the model's grid
     * @param most how many continuations at most; each has the seed of its number
     * @param steering what is asked of the player
     * @param progress gets how many are done
     * @throws IllegalArgumentException when no piece is long enough
     */
    static Continuations play(
            Player model,
            List<NoteMatrix> pieces,
            int most,
            double temperature,
            Steering steering,
            IntConsumer progress) {
        List<Excerpt> played = new ArrayList<>();
        List<Excerpt> human = new ArrayList<>();
        long began = System.nanoTime();
        for (NoteMatrix piece : pieces) {
            if (played.size() == most) {
                break;
            }
            if (piece.size() < OPENING + NOTES) {
                continue;
            }
            int[] rows = piece.rows();
            int[] opening = Arrays.copyOf(rows, OPENING * ATTRIBUTES);
            GenerationOptions options =
                    new GenerationOptions(played.size(), new Length.Notes(NOTES), temperature, 1, steering);
            played.add(new Excerpt(
                    continuation(model, opening, options), model.description().ticksPerSecond()));
            human.add(new Excerpt(
                    Arrays.copyOfRange(rows, OPENING * ATTRIBUTES, (OPENING + NOTES) * ATTRIBUTES),
                    model.description().ticksPerSecond()));
            progress.accept(played.size());
        }
        if (played.isEmpty()) {
            throw new IllegalArgumentException("no piece has " + (OPENING + NOTES) + " notes");
        }
        return new Continuations(played, human, (System.nanoTime() - began) / 1e9);
    }

    private static int[] continuation(Player model, int[] opening, GenerationOptions options) {
        NoteMatrix prompt = NoteMatrix.of(model.description().ticksPerSecond(), opening);
        try {
            return Generator.generate(
                            model,
                            new Prompt(
                                    prompt.toScore(tempoMap(model.description().ticksPerSecond()), PIANO)),
                            options,
                            NoteListener.SILENT,
                            Deadline.NONE)
                    .variations()
                    .get(0)
                    .notes()
                    .rows();
        } catch (TimeoutException e) {
            throw new IllegalStateException("there is no deadline", e);
        }
    }
}
