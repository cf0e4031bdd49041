package dev.cadenza.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.cadenza.generation.StepModel;
import dev.cadenza.generation.StepOutput;
import java.util.Map;
import java.util.Set;

/** A graph of kind {@code paper} as a step model. Does not own the session. */
final class OnnxStepModel implements StepModel {
    private static final int NOISE_WIDTH = 3;
    private static final int LOGP_WIDTH = 3;

    private final GraphSession graph;
    private final String kind;
    private final int ticksPerSecond;
    private final int hidden;

    OnnxStepModel(GraphSession graph, String kind, int ticksPerSecond, int hidden) {
        this.graph = graph;
        this.kind = kind;
        this.ticksPerSecond = ticksPerSecond;
        this.hidden = hidden;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public int ticksPerSecond() {
        return ticksPerSecond;
    }

    @Override
    public int noiseWidth() {
        return NOISE_WIDTH;
    }

    @Override
    public State start(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("rows (" + rows + ") must be at least 1");
        }
        try {
            return new StepState(rows, hidden);
        } catch (OrtException e) {
            throw new EngineException("no state for " + rows + " rows", e);
        }
    }

    @Override
    public StepOutput run(
            int steps, int rows, int[] note, int[] forced, float[] noise, float[] temperature, State state) {
        if (steps < 1 || steps > MAX_STEPS) {
            throw new IllegalArgumentException("steps (" + steps + ") must be 1.." + MAX_STEPS);
        }
        if (!(state instanceof StepState own) || own.rows() != rows) {
            throw new IllegalArgumentException(
                    "state (" + state.rows() + " rows) must come from this model's start(" + rows + ")");
        }
        requireLength("note", note.length, steps * rows * ATTRIBUTES);
        requireLength("forced", forced.length, steps * rows * ATTRIBUTES);
        requireLength("noise", noise.length, steps * rows * NOISE_WIDTH);
        requireLength("temperature", temperature.length, rows);
        try {
            StepBuffers buffers = own.buffers(steps, NOISE_WIDTH, LOGP_WIDTH);
            buffers.note.put(0, note);
            buffers.forced.put(0, forced);
            buffers.noise.put(0, noise);
            buffers.temperature.put(0, temperature);
            Map<String, OnnxTensor> inputs = Map.of(
                    "note", buffers.noteTensor,
                    "forced", buffers.forcedTensor,
                    "noise", buffers.noiseTensor,
                    "temperature", buffers.temperatureTensor,
                    "h", own.h(),
                    "c", own.c());
            Map<String, OnnxTensor> outputs = Map.of(
                    "next",
                    buffers.nextTensor,
                    "logp",
                    buffers.logpTensor,
                    "h_next",
                    own.nextH(),
                    "c_next",
                    own.nextC());
            // The result holds the pinned outputs alone, which it does not own.
            graph.session().run(inputs, Set.of(), outputs).close();
            own.advance();
            int[] next = new int[buffers.next.capacity()];
            float[] logp = new float[buffers.logp.capacity()];
            buffers.next.get(0, next);
            buffers.logp.get(0, logp);
            return new StepOutput(next, logp);
        } catch (OrtException e) {
            throw new EngineException("a step did not run", e);
        }
    }

    private static void requireLength(String name, int length, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException(name + " (" + length + " numbers) must have " + expected);
        }
    }

    @Override
    public void close() {
        // The session belongs to the loaded version.
    }
}
