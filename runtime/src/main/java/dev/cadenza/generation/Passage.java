package dev.cadenza.generation;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Music on its way through a model, run by run: what the next run gets, and what becomes of its answer. It does not run
 * the model itself, so that whoever does may put passages of many requests side by side.
 *
 * <p>Mutable; one thread at a time.
 *
 * @param <A> what comes of it
 */
public interface Passage<A> {
    /** The rows of all its runs. */
    int rows();

    /**
     * What the next run gets; empty when the passage is at its end. Asking changes the passage: each answer goes to
     * {@link #take} before the next question. The arrays are good until then.
     */
    Optional<StepInput> next();

    /**
     * Takes the answer of a run.
     *
     * @throws CancellationException if whoever listens wants no more
     */
    void take(StepOutput output);

    /** What came of it, once {@link #next} is empty. */
    A result();

    /** How far it is, as in "time ran out {@code after 12 new notes}". */
    String progress();

    /**
     * Plays all of it on the caller's thread.
     *
     * @param wanted asked before every run
     * @throws TimeoutException if the deadline passes first
     * @throws CancellationException if it is no more wanted
     */
    default A playOn(StepModel model, Deadline deadline, BooleanSupplier wanted) throws TimeoutException {
        try (StepModel.State state = model.start(rows())) {
            for (Optional<StepInput> input = next(); input.isPresent(); input = next()) {
                requireGoingOn(deadline, wanted);
                take(model.run(input.get(), state));
            }
        }
        return result();
    }

    /**
     * Says whether to go on, by an exception if not.
     *
     * @throws TimeoutException if the deadline has passed
     * @throws CancellationException if it is no more wanted
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
