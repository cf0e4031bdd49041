package dev.cadenza.engine;

/** Hears of every run of a model, on the thread that runs it. */
@FunctionalInterface
public interface StepListener {
    /** Does not listen. */
    StepListener NONE = (rows, steps, nanos) -> {};

    /**
     * A run is done.
     *
     * @param rows of all tasks in it
     * @param steps 1, or more where given notes were heard
     * @param nanos that the model took
     */
    void ran(int rows, int steps, long nanos);
}
