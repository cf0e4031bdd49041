package dev.cadenza.generation.step;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Plays tasks with one model. Safe for use from many threads. */
public interface Player extends AutoCloseable {
    /** The model that plays. */
    ModelDescription description();

    /**
     * Plays a task. The result depends on neither the thread nor the tasks that play at the same time.
     *
     * @param wanted asked before every run, on any thread
     * @return fails with a {@link TimeoutException} if the deadline passes first, with a {@link CancellationException} if
     *     the task is no longer wanted or the player is closed, and with whatever else goes wrong
     */
    <A> CompletableFuture<A> play(StepTask<A> task, Deadline deadline, BooleanSupplier wanted);

    /**
     * Plays a task and waits for its result.
     *
     * @throws TimeoutException if the deadline passes first
     * @throws CancellationException if the task ends itself or the player is closed
     */
    default <A> A await(StepTask<A> task, Deadline deadline) throws TimeoutException {
        try {
            return play(task, deadline, () -> true).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException timeout) {
                throw timeout;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    @Override
    void close();

    /** Plays each task on the thread that asks for it. The model stays the caller's. */
    static Player onCallersThread(StepModel model) {
        return new Player() {
            @Override
            public ModelDescription description() {
                return model.description();
            }

            @Override
            public <A> CompletableFuture<A> play(StepTask<A> task, Deadline deadline, BooleanSupplier wanted) {
                try {
                    return CompletableFuture.completedFuture(task.playOn(model, deadline, wanted));
                } catch (TimeoutException | RuntimeException e) {
                    return CompletableFuture.failedFuture(e);
                }
            }

            @Override
            public void close() {
                // The model is the caller's.
            }
        };
    }
}
