package dev.cadenza.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.StepBatch;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import dev.cadenza.generation.step.StepShape;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.model.TensorSpec;
import dev.cadenza.notematrix.HeardNotes;
import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.Recall;
import dev.cadenza.onnx.device.EngineException;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A graph that answers the previous note with the next as a step model. Does not own the session. */
public final class OnnxStepModel implements StepModel {
    /** Outputs that playing reads; the keys are followed here, by what was played. */
    private static final Set<String> READ = Set.of("next", "logp", "h_next", "c_next");

    private final GraphSession graph;
    private final ModelDescription description;
    private final StepShape shape;
    private final int hidden;
    private final boolean recalls;
    private final List<TensorSpec> inputs;
    private final List<TensorSpec> outputs;

    /**
     * A model over a graph.
     *
     * @param graph stays the caller's, and open as long as the model is used
     * @param signature of the graph: at least {@code note}, {@code forced}, {@code noise}, {@code temperature}, {@code h}
     *     and {@code c} in, {@code next}, {@code logp}, {@code h_next} and {@code c_next} out
     * @param description whose shape fits the signature
     */
    public OnnxStepModel(GraphSession graph, GraphSignature signature, ModelDescription description) {
        this.graph = graph;
        this.description = description;
        shape = description.shape();
        hidden = signature.hidden();
        recalls = signature.takes(PerformerKind.RECALL);
        inputs = signature.inputs();
        outputs = signature.outputs().stream()
                .filter(spec -> READ.contains(spec.name()))
                .toList();
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public State start(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("rows (" + rows + ") must be at least 1");
        }
        HeardNotes[] heard = new HeardNotes[shape.classes().isPresent() ? rows : 0];
        for (int row = 0; row < heard.length; row++) {
            heard[row] = new HeardNotes(shape.classes().orElseThrow());
        }
        try {
            return new StepState(rows, hidden, heard);
        } catch (OrtException e) {
            throw new EngineException("no state for " + rows + " rows", e);
        }
    }

    @Override
    public StepOutput run(StepInput input, State state) {
        StepState own = own(input, state);
        try {
            StepBuffers buffers = own.buffers(input.steps(), inputs, outputs);
            fill(buffers, input, own, 0);
            Map<String, OnnxTensor> in = new HashMap<>(buffers.inputs());
            in.put("h", own.h());
            in.put("c", own.c());
            Map<String, OnnxTensor> out = new HashMap<>(buffers.outputs());
            out.put("h_next", own.nextH());
            out.put("c_next", own.nextC());
            run(in, out);
            own.advance();
            return answer(buffers, input.steps() * input.rows(), 0, input.steps() * input.rows());
        } catch (OrtException e) {
            throw new EngineException("a step did not run", e);
        }
    }

    @Override
    public StepBatch batch(int rows) {
        return new OnnxBatch(this, rows, inputs, outputs);
    }

    /** The state, if it is this model's and fits the input. */
    StepState own(StepInput input, State state) {
        if (!(state instanceof StepState own) || own.rows() != input.rows()) {
            throw new IllegalArgumentException(
                    "state (" + state.rows() + " rows) must come from this model's start(" + input.rows() + ")");
        }
        input.requireShape(shape);
        return own;
    }

    void run(Map<String, OnnxTensor> in, Map<String, OnnxTensor> out) throws OrtException {
        graph.run(in, out);
    }

    /**
     * What a run answered, for some of its cells: steps by rows.
     *
     * @param cells of the whole run
     */
    static StepOutput answer(StepBuffers buffers, int cells, int from, int count) {
        FloatBuffer logp = buffers.floats("logp");
        int width = logp.capacity() / cells;
        StepOutput output = new StepOutput(new int[count * ATTRIBUTES], new float[count * width]);
        buffers.ints("next").get(from * ATTRIBUTES, output.next());
        logp.get(from * width, output.logp());
        return output;
    }

    /**
     * Writes an input behind the rows before it.
     *
     * @param atRow 0 where the input has more than one step
     */
    void fill(StepBuffers buffers, StepInput input, StepState state, int atRow) {
        buffers.ints("note").put(atRow * ATTRIBUTES, input.note());
        buffers.ints("forced").put(atRow * ATTRIBUTES, input.forced());
        buffers.floats("noise").put(atRow * shape.noiseWidth(), input.noise());
        buffers.floats("temperature").put(atRow, input.temperature());
        if (shape.classes().isEmpty()) {
            return;
        }
        buffers.floats("uniform").put(atRow * shape.uniformWidth(), input.uniform());
        buffers.floats("controls").put(atRow * shape.controlsWidth(), input.controls());
        buffers.floats("bias").put(atRow * shape.biasWidth(), input.bias());
        buffers.floats("top_p").put(atRow, input.topP());
        buffers.floats("min_p").put(atRow, input.minP());
        fillHeard(buffers, input, state.heard(), atRow);
    }

    private void fillHeard(StepBuffers buffers, StepInput input, HeardNotes[] states, int atRow) {
        int cells = input.steps() * input.rows();
        int perRow = PerformerEncoding.KEYS * KeyState.PER_KEY;
        int[] keys = new int[cells * perRow];
        int[] ends = new int[cells * KeyState.LAST_ENDS];
        int[] recall = new int[recalls ? cells * Recall.WIDTH : 0];
        for (int cell = 0; cell < cells; cell++) {
            HeardNotes state = states[cell % input.rows()];
            state.hear(input.note(), cell * ATTRIBUTES);
            state.keys().write(keys, cell * perRow, ends, cell * KeyState.LAST_ENDS);
            if (recalls) {
                state.recall().write(recall, cell * Recall.WIDTH);
            }
        }
        buffers.ints("keys").put(atRow * perRow, keys);
        buffers.ints("ends").put(atRow * KeyState.LAST_ENDS, ends);
        if (recalls) {
            buffers.ints(PerformerKind.RECALL).put(atRow * Recall.WIDTH, recall);
        }
    }

    @Override
    public void close() {
        // The session belongs to the loaded version.
    }
}
