package dev.cadenza.server.serving;

import dev.cadenza.generation.Deadline;
import dev.cadenza.generation.StepModel;
import dev.cadenza.generation.StepTask;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What a lent model is to play for a request, and what that is for whoever asked.
 *
 * @param <A> what comes of it
 */
public interface Work<A> {
    /** Rows that it takes in the model's runs. */
    int rows();

    /** Plays; see {@link StepModel#play}. */
    CompletableFuture<A> play(StepModel model, Deadline deadline, BooleanSupplier wanted);

    /** A task, and what its result means. */
    static <P, A> Work<A> of(StepTask<P> task, Function<P, A> meaning) {
        return new Work<>() {
            @Override
            public int rows() {
                return task.rows();
            }

            @Override
            public CompletableFuture<A> play(StepModel model, Deadline deadline, BooleanSupplier wanted) {
                return model.play(task, deadline, wanted).thenApply(meaning);
            }
        };
    }
}
