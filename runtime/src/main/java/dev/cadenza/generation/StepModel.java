package dev.cadenza.generation;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * The next-note function of a model: the previous note in, the next note out, for several independent rows at once.
 *
 * <p>Safe for use from many threads, as long as each has its own {@link State}. A row's result does not depend on its
 * neighbours or on how many there are.
 */
public interface StepModel extends AutoCloseable {
    /** Ints of a note: interval ticks, pitch, velocity, duration ticks. */
    int ATTRIBUTES = 4;

    /** The most steps of one run, so that a run stays short enough to be waited for. */
    int MAX_STEPS = 64;

    /** As note: the start of a piece. As forced: sample this attribute. */
    int NONE = -1;

    /** The kind of model, such as {@code paper}. */
    String kind();

    /** Ticks of a second in interval and duration. */
    int ticksPerSecond();

    /** What its rows need for a step. */
    StepShape shape();

    /** The state at the start of {@code rows} pieces. The caller closes it. */
    State start(int rows);

    /**
     * Runs the input's steps and advances the state.
     *
     * <p>A model that knows which keys sound follows them by {@code note}: each step's note is struck before its answer
     * is sought, so that a row must be told every note of its piece once, as it was played.
     *
     * @throws IllegalArgumentException when an array does not fit {@link #shape} or the state
     */
    StepOutput run(StepInput input, State state);

    /**
     * Memory to run single steps of several pieces side by side.
     *
     * @param rows the most of one run, at least 1
     */
    default StepBatch batch(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("rows (" + rows + ") must be at least 1");
        }
        return new OneByOne(this, rows);
    }

    /**
     * Plays a task: on a thread that plays many side by side where the model has one, else on the caller's. What comes
     * of it does not depend on that.
     *
     * @param wanted asked before every run, on whatever thread
     * @return fails with a {@link TimeoutException} if the deadline passes first, with a {@link CancellationException} if
     *     the task is no more wanted or the model is closed, and with whatever else goes wrong
     */
    default <A> CompletableFuture<A> play(StepTask<A> task, Deadline deadline, BooleanSupplier wanted) {
        try {
            return CompletableFuture.completedFuture(task.playOn(this, deadline, wanted));
        } catch (TimeoutException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    void close();

    /** Where the rows are in their pieces. Belongs to one thread at a time. */
    interface State extends AutoCloseable {
        int rows();

        /**
         * A new state of so many rows, each of them where this state's only row is. The caller closes both.
         *
         * @throws IllegalArgumentException if this state has several rows
         */
        State spread(int rows);

        @Override
        void close();
    }
}
