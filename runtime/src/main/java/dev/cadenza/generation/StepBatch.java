package dev.cadenza.generation;

import java.util.List;

/**
 * Where single steps of several pieces run side by side. Owns the memory for that, not the model; belongs to one thread
 * at a time.
 */
public interface StepBatch extends AutoCloseable {
    /** The most rows of one run. */
    int capacity();

    /**
     * Runs one step of each piece and advances its state. What a piece gets does not depend on the pieces beside it.
     *
     * @param inputs of one step each, together of at most {@link #capacity} rows
     * @param states in the same order, from the model's {@link StepModel#start}, none twice
     * @return answers in the same order
     * @throws IllegalArgumentException when an input does not fit
     */
    List<StepOutput> run(List<StepInput> inputs, List<StepModel.State> states);

    @Override
    void close();
}
