package dev.cadenza.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.onnx.device.EngineException;
import dev.cadenza.pianoroll.PianoRoll;
import java.util.HashMap;
import java.util.Map;

/** Runs of a piano-roll graph for one row. */
final class GraphRollSteps implements RollSteps {
    private static final int KEYS = PianoRoll.KEYS;

    private final GraphSession graph;
    private final StepState state;
    private final GraphSignature signature;

    GraphRollSteps(GraphSession graph, StepState state, GraphSignature signature) {
        this.graph = graph;
        this.state = state;
        this.signature = signature;
    }

    @Override
    public Step draw(boolean[] before, int position, int[] forced, float[] uniform, float temperature) {
        try {
            StepBuffers buffers = run(1, new boolean[][] {before}, position, forced, uniform, temperature);
            boolean[] on = new boolean[KEYS];
            float[] logits = new float[KEYS];
            buffers.floats("logits").get(0, logits);
            float logp = 0;
            for (int key = 0; key < KEYS; key++) {
                on[key] = buffers.ints("next").get(key) != 0;
                logp += buffers.floats("logp").get(key);
            }
            return new Step(on, logits, logp);
        } catch (OrtException e) {
            throw new EngineException("a step did not run", e);
        }
    }

    @Override
    public void tell(boolean[] before, int position, boolean[][] given) {
        try {
            for (int from = 0; from < given.length; from += StepModel.MAX_STEPS) {
                int steps = Math.min(StepModel.MAX_STEPS, given.length - from);
                boolean[][] told = new boolean[steps][];
                int[] forced = new int[steps * KEYS];
                for (int step = 0; step < steps; step++) {
                    told[step] = from + step == 0 ? before : given[from + step - 1];
                    for (int key = 0; key < KEYS; key++) {
                        forced[step * KEYS + key] = given[from + step][key] ? 1 : 0;
                    }
                }
                run(steps, told, position + from, forced, new float[steps * KEYS], 1);
            }
        } catch (OrtException e) {
            throw new EngineException("given steps did not run", e);
        }
    }

    private StepBuffers run(
            int steps, boolean[][] before, int position, int[] forced, float[] uniform, float temperature)
            throws OrtException {
        StepBuffers buffers = state.buffers(steps, signature.inputs(), signature.outputs());
        int[] roll = new int[steps * KEYS];
        for (int step = 0; step < steps; step++) {
            buffers.ints("position").put(step, position + step);
            for (int key = 0; key < KEYS; key++) {
                roll[step * KEYS + key] = before[step][key] ? 1 : 0;
            }
        }
        buffers.ints("roll").put(0, roll);
        buffers.ints("forced").put(0, forced);
        buffers.floats("uniform").put(0, uniform);
        buffers.floats("temperature").put(0, temperature);
        Map<String, OnnxTensor> in = new HashMap<>(buffers.inputs());
        in.put("h", state.h());
        in.put("c", state.c());
        Map<String, OnnxTensor> out = new HashMap<>(buffers.outputs());
        out.put("h_next", state.nextH());
        out.put("c_next", state.nextC());
        graph.run(in, out);
        state.advance();
        return buffers;
    }
}
