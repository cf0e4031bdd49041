package dev.cadenza.onnx;

import ai.onnxruntime.OrtException;
import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import dev.cadenza.generation.step.StepShape;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.notematrix.HeardNotes;
import dev.cadenza.onnx.device.EngineException;
import dev.cadenza.pianoroll.RollEncoding;

/**
 * A piano-roll graph as a next-note function, one row at a time.
 *
 * <p>A given note is remembered. When a note is asked for, the given ones go into the graph as steps of a roll; then it draws
 * steps until the next note to begin has ended, which is the answer. So a note costs as many steps of the graph as
 * lie between its end and the end of the one before, often none. All notes are equally loud.
 *
 * <p>Every answer comes within 130 drawn steps, however sure the model is of a held chord or of silence: {@link RollRules}.
 *
 * <p>Does not own the session. A state belongs to one thread at a time.
 */
final class RollStepModel implements StepModel {
    /** Milliseconds: a step is a whole number of them. */
    private static final int TICKS_PER_SECOND = 1000;

    private final GraphSession graph;
    private final RollEncoding encoding;
    private final GraphSignature signature;

    RollStepModel(GraphSession graph, RollEncoding encoding, GraphSignature signature) {
        this.graph = graph;
        this.encoding = encoding;
        this.signature = signature;
    }

    @Override
    public ModelDescription description() {
        return new ModelDescription("roll", TICKS_PER_SECOND, StepShape.steps());
    }

    @Override
    public State start(int rows) {
        if (rows != 1) {
            throw new IllegalArgumentException("rows (" + rows + ") of a piano roll must be 1");
        }
        try {
            return new RollState(
                    new StepState(1, signature.hidden(), new HeardNotes[0]), new RollTrack(RollRules.STANDARD));
        } catch (OrtException e) {
            throw new EngineException("no state", e);
        }
    }

    /** The LSTMs' state, and where the music is. */
    private record RollState(StepState lstm, RollTrack track) implements State {
        @Override
        public int rows() {
            return 1;
        }

        @Override
        public State spread(int rows) {
            if (rows != 1) {
                throw new IllegalArgumentException("rows (" + rows + ") of a piano roll must be 1");
            }
            return new RollState((StepState) lstm.spread(1), track.copy());
        }

        @Override
        public void close() {
            lstm.close();
        }
    }

    @Override
    public StepOutput run(StepInput input, State state) {
        if (!(state instanceof RollState own) || input.rows() != 1) {
            throw new IllegalArgumentException("state must come from this model's start(1)");
        }
        input.requireShape(StepShape.steps());
        StepOutput output = new StepOutput(new int[input.steps() * ATTRIBUTES], new float[input.steps()]);
        RollSteps steps = new GraphRollSteps(graph, own.lstm(), signature);
        for (int step = 0; step < input.steps(); step++) {
            int at = step * ATTRIBUTES;
            if (input.forced()[at + 1] == NONE) {
                own.track().seed(input.seeds()[0]);
                output.logp()[step] =
                        own.track().next(steps, input.temperature()[0], encoding.stepMillis(), output.next(), at);
            } else {
                System.arraycopy(input.forced(), at, output.next(), at, ATTRIBUTES);
                own.track().given(output.next(), at, encoding.stepMillis());
            }
        }
        return output;
    }

    @Override
    public void close() {
        // The session belongs to the loaded version.
    }
}
