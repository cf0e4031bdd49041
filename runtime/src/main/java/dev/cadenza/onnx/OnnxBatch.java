package dev.cadenza.onnx;

import ai.onnxruntime.OrtException;
import dev.cadenza.generation.step.StepBatch;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import dev.cadenza.model.TensorSpec;
import dev.cadenza.onnx.device.EngineException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One run of ONNX Runtime for a step of many pieces. Every tensor has one piece of memory, large enough for all rows;
 * the tensors over it are made once for each number of rows that occurs, so that a step allocates no native memory.
 */
final class OnnxBatch implements StepBatch {
    private final OnnxStepModel model;
    private final int capacity;
    private final List<TensorSpec> inputs;
    private final List<TensorSpec> outputs;
    private final Map<String, ByteBuffer> memory = new HashMap<>();
    private final Map<Integer, StepBuffers> byRows = new HashMap<>();

    /**
     * @param inputs of the graph
     * @param outputs that are read
     */
    OnnxBatch(OnnxStepModel model, int capacity, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        if (capacity < 1) {
            throw new IllegalArgumentException("rows (" + capacity + ") must be at least 1");
        }
        this.model = model;
        this.capacity = capacity;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public List<StepOutput> run(List<StepInput> pieces, List<StepModel.State> states) {
        if (pieces.size() == 1) {
            // Its own memory needs no copy of the state.
            return List.of(model.run(pieces.get(0), states.get(0)));
        }
        List<StepState> own = new ArrayList<>(pieces.size());
        int rows = 0;
        for (int piece = 0; piece < pieces.size(); piece++) {
            StepInput input = pieces.get(piece);
            if (input.steps() != 1) {
                throw new IllegalArgumentException("an input of " + input.steps() + " steps runs alone");
            }
            own.add(model.own(input, states.get(piece)));
            rows += input.rows();
        }
        if (rows > capacity) {
            throw new IllegalArgumentException("rows (" + rows + ") must be at most " + capacity);
        }
        try {
            return run(buffers(rows), rows, pieces, own);
        } catch (OrtException e) {
            throw new EngineException("a step of " + rows + " rows did not run", e);
        }
    }

    private List<StepOutput> run(StepBuffers buffers, int rows, List<StepInput> pieces, List<StepState> states)
            throws OrtException {
        FloatBuffer h = buffers.floats("h");
        FloatBuffer c = buffers.floats("c");
        int hidden = h.capacity() / rows;
        for (int piece = 0, row = 0;
                piece < pieces.size();
                row += pieces.get(piece).rows(), piece++) {
            model.fill(buffers, pieces.get(piece), states.get(piece), row);
            states.get(piece).read(h, c, row * hidden);
        }
        model.run(buffers.inputs(), buffers.outputs());
        List<StepOutput> answers = new ArrayList<>(pieces.size());
        for (int piece = 0, row = 0;
                piece < pieces.size();
                row += pieces.get(piece).rows(), piece++) {
            states.get(piece).write(buffers.floats("h_next"), buffers.floats("c_next"), row * hidden);
            answers.add(
                    OnnxStepModel.answer(buffers, rows, row, pieces.get(piece).rows()));
        }
        return answers;
    }

    private StepBuffers buffers(int rows) throws OrtException {
        StepBuffers known = byRows.get(rows);
        if (known != null) {
            return known;
        }
        StepBuffers fresh = new StepBuffers(
                1,
                rows,
                inputs,
                outputs,
                Set.of(),
                (name, bytes) -> memory.computeIfAbsent(name, any -> StepBuffers.direct(bytes / rows * capacity))
                        .slice(0, bytes)
                        .order(ByteOrder.nativeOrder()));
        byRows.put(rows, fresh);
        return fresh;
    }

    @Override
    public void close() {
        byRows.values().forEach(StepBuffers::close);
        byRows.clear();
        memory.clear();
    }
}
