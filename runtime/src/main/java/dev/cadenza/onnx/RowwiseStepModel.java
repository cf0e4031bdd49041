package dev.cadenza.onnx;

import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import java.util.ArrayList;
import java.util.List;

/**
 * A model of which each row runs alone: for graphs that scale over the whole batch, so that a row's result would depend
 * on its neighbours. Owns the model.
 */
final class RowwiseStepModel implements StepModel {
    private final StepModel model;

    RowwiseStepModel(StepModel model) {
        this.model = model;
    }

    private record Rows(List<State> states) implements State {
        @Override
        public int rows() {
            return states.size();
        }

        @Override
        public State spread(int rows) {
            if (states.size() != 1) {
                throw new IllegalArgumentException(
                        "a state of " + states.size() + " rows cannot be spread over " + rows);
            }
            List<State> copies = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                copies.add(states.get(0).spread(1));
            }
            return new Rows(List.copyOf(copies));
        }

        @Override
        public void close() {
            states.forEach(State::close);
        }
    }

    @Override
    public ModelDescription description() {
        return model.description();
    }

    @Override
    public State start(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("rows (" + rows + ") must be at least 1");
        }
        List<State> states = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            states.add(model.start(1));
        }
        return new Rows(List.copyOf(states));
    }

    @Override
    public StepOutput run(StepInput input, State state) {
        if (!(state instanceof Rows own) || own.rows() != input.rows()) {
            throw new IllegalArgumentException(
                    "state (" + state.rows() + " rows) must come from this model's start(" + input.rows() + ")");
        }
        int rows = input.rows();
        if (rows == 1) {
            return model.run(input, own.states().get(0));
        }
        int[] next = new int[input.note().length];
        float[] logp = {};
        for (int row = 0; row < rows; row++) {
            StepOutput output = model.run(row(input, row), own.states().get(row));
            int width = output.logp().length / input.steps();
            if (row == 0) {
                logp = new float[output.logp().length * rows];
            }
            for (int step = 0; step < input.steps(); step++) {
                int cell = step * rows + row;
                System.arraycopy(output.next(), step * ATTRIBUTES, next, cell * ATTRIBUTES, ATTRIBUTES);
                System.arraycopy(output.logp(), step * width, logp, cell * width, width);
            }
        }
        return new StepOutput(next, logp);
    }

    private static StepInput row(StepInput input, int row) {
        int steps = input.steps();
        int rows = input.rows();
        return new StepInput(
                steps,
                1,
                row(input.note(), steps, rows, row),
                row(input.forced(), steps, rows, row),
                row(input.noise(), steps, rows, row),
                row(input.uniform(), steps, rows, row),
                row(input.controls(), steps, rows, row),
                row(input.bias(), 1, rows, row),
                row(input.temperature(), 1, rows, row),
                row(input.topP(), 1, rows, row),
                row(input.minP(), 1, rows, row),
                new long[] {input.seeds()[row]});
    }

    private static float[] row(float[] values, int steps, int rows, int row) {
        int width = values.length / (steps * rows);
        float[] picked = new float[steps * width];
        for (int step = 0; step < steps; step++) {
            System.arraycopy(values, (step * rows + row) * width, picked, step * width, width);
        }
        return picked;
    }

    private static int[] row(int[] values, int steps, int rows, int row) {
        int width = values.length / (steps * rows);
        int[] picked = new int[steps * width];
        for (int step = 0; step < steps; step++) {
            System.arraycopy(values, (step * rows + row) * width, picked, step * width, width);
        }
        return picked;
    }

    @Override
    public void close() {
        model.close();
    }
}
