package dev.cadenza.generation;

import java.util.ArrayList;
import java.util.List;

/** Runs one piece after the other: for models that have no better way, or whose rows must run alone. */
record OneByOne(StepModel model, int capacity) implements StepBatch {
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
        // The model is somebody else's.
    }
}
