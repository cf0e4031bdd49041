package dev.cadenza.generation.step;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Music on its way through a model, run by run: what the next run gets, and what becomes of its answer. It does not run
 * the model itself, so that tasks of many requests can run as one batch.
 *
 * <p>Mutable; one thread at a time.
 *
 * @param <A> what comes of it
 */
public interface StepTask<A> {
    /**
     * The most rows of its runs. All have as many, or the first ones have a single row: then every row of the later ones
     * goes on from where that one came to.
     */
    int rows();

    /**
     * What the next run gets; empty when the task is at its end. Asking changes the task: each answer goes to
     * {@link #take} before the next question. The arrays are good until then.
     */
    Optional<StepInput> next();

    /**
     * Takes the answer of a run.
     *
     * @throws CancellationException if the listener wants no more
     */
    void take(StepOutput output);

    /** What came of it, once {@link #next} is empty. */
    A result();

    /** The same task with another result, made of this one's on the thread that plays. */
    default <B> StepTask<B> map(Function<A, B> meaning) {
        StepTask<A> task = this;
        return new StepTask<>() {
            @Override
            public int rows() {
                return task.rows();
            }

            @Override
            public Optional<StepInput> next() {
                return task.next();
            }

            @Override
            public void take(StepOutput output) {
                task.take(output);
            }

            @Override
            public B result() {
                return meaning.apply(task.result());
            }

            @Override
            public String progress() {
                return task.progress();
            }
        };
    }

    /** How far it is, as in "time ran out {@code after 12 new notes}". */
    String progress();

    /**
     * Plays all of it on the caller's thread.
     *
     * @param wanted asked before every run
     * @throws TimeoutException if the deadline passes first
     * @throws CancellationException if it is no longer wanted
     */
    default A playOn(StepModel model, Deadline deadline, BooleanSupplier wanted) throws TimeoutException {
        StepModel.State state = null;
        try {
            for (Optional<StepInput> input = next(); input.isPresent(); input = next()) {
                requireGoingOn(deadline, wanted);
                state = fitting(model, state, input.get());
                take(model.run(input.get(), state));
            }
        } finally {
            if (state != null) {
                state.close();
            }
        }
        return result();
    }

    /**
     * The state for the next run, which may have more rows than the run before.
     *
     * @param state after the run before, closed here if another takes its place; null before the first run
     */
    static StepModel.State fitting(StepModel model, StepModel.@Nullable State state, StepInput input) {
        if (state == null) {
            return model.start(input.rows());
        }
        if (state.rows() == input.rows()) {
            return state;
        }
        StepModel.State spread = state.spread(input.rows());
        state.close();
        return spread;
    }

    /**
     * Says whether to go on, by an exception if not.
     *
     * @throws TimeoutException if the deadline has passed
     * @throws CancellationException if it is no longer wanted
     */
    default void requireGoingOn(Deadline deadline, BooleanSupplier wanted) throws TimeoutException {
        if (deadline.passed()) {
            throw new TimeoutException("time ran out " + progress());
        }
        if (!wanted.getAsBoolean()) {
            throw new CancellationException("cancelled " + progress());
        }
    }
}
