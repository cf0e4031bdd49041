package dev.cadenza.generation;

import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.Player;
import dev.cadenza.generation.step.StepTask;
import dev.cadenza.music.Score;
import java.util.concurrent.TimeoutException;

/**
 * Lets a model play a written score with feeling: the same keys in the same order, velocities and durations as the
 * model would choose them, onsets near where they are written. Each onset is sought around its written time, so that
 * nothing adds up, and none is ever further from it than {@link HumanizeOptions#timingMillis} says. Every note comes
 * back: those off the piano and percussion as they were, in their places.
 */
public final class Humanizer {
    private Humanizer() {}

    /**
     * Plays a score and waits for the result; see {@link #task}.
     *
     * @throws IllegalArgumentException when the model does not choose among classes, or can read none of the notes
     * @throws TimeoutException when the deadline passes first
     */
    public static Humanized humanize(Player player, Score score, HumanizeOptions options, Deadline deadline)
            throws TimeoutException {
        return player.await(task(player.description(), score, options), deadline);
    }

    /**
     * The playing of a score, still to be run.
     *
     * @param model that will play it; one that chooses among classes
     * @throws IllegalArgumentException when the model does not, or can read none of the notes
     */
    public static StepTask<Humanized> task(ModelDescription model, Score score, HumanizeOptions options) {
        if (model.shape().classes().isEmpty()) {
            throw new IllegalArgumentException(
                    "a model of kind " + model.kind() + " cannot choose velocities and durations for given keys");
        }
        return new HumanizingTask(model.shape(), score, HeardScore.of(model, score), options);
    }
}
