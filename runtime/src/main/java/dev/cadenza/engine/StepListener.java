package dev.cadenza.engine;

/** Called after every run of a model, on the thread that runs it. */
@FunctionalInterface
public interface StepListener {
    /** Does not listen. */
    StepListener NONE = (rows, steps, nanos) -> {};

    /**
     * A run is done.
     *
     * @param rows of all tasks in it
     * @param steps 1, or more where given notes were read
     * @param nanos that the model took
     */
    void ran(int rows, int steps, long nanos);
}
