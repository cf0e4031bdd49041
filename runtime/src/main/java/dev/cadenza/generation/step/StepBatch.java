package dev.cadenza.generation.step;

import java.util.ArrayList;
import java.util.List;

/**
 * Where single steps of several pieces run as one batch. Owns the memory for that, not the model; belongs to one thread
 * at a time.
 */
public interface StepBatch extends AutoCloseable {
    /** The most rows of one run. */
    int capacity();

    /**
     * Runs one step of each piece and advances its state. What a piece gets does not depend on the other pieces.
     *
     * @param inputs of one step each, together of at most {@link #capacity} rows
     * @param states in the same order, from the model's {@link StepModel#start}, none twice
     * @return answers in the same order
     * @throws IllegalArgumentException when an input does not fit
     */
    List<StepOutput> run(List<StepInput> inputs, List<StepModel.State> states);

    @Override
    void close();

    /**
     * Runs one piece after the other: for models that have no better way, or whose rows must run alone.
     *
     * @param model stays the caller's
     */
    static StepBatch oneByOne(StepModel model, int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("rows (" + rows + ") must be at least 1");
        }
        return new StepBatch() {
            @Override
            public int capacity() {
                return rows;
            }

            @Override
            public List<StepOutput> run(List<StepInput> inputs, List<StepModel.State> states) {
                List<StepOutput> outputs = new ArrayList<>(inputs.size());
                for (int piece = 0; piece < inputs.size(); piece++) {
                    outputs.add(model.run(inputs.get(piece), states.get(piece)));
                }
                return outputs;
            }

            @Override
            public void close() {
                // The model is the caller's.
            }
        };
    }
}
