package dev.cadenza.onnx;

import static dev.cadenza.model.TensorSpec.FLOAT32;
import static dev.cadenza.model.TensorSpec.INT32;

import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepShape;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.model.TensorSpec;
import dev.cadenza.notematrix.HeardNotes;
import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.Recall;
import java.util.ArrayList;
import java.util.List;

/**
 * One LSTM under four categorical heads in a chain: interval, pitch, velocity, duration; knows which keys sound. 372 is 124
 * classes of intervals, 88 keys, 32 classes of velocities, 124 classes of durations and 4 copies. A performer that recalls
 * has one more input: what followed an earlier passage like the last notes, see {@link Recall#write}.
 */
public final class PerformerKind implements GraphKind {
    /** The input of a performer that recalls. */
    public static final String RECALL = "recall";

    @Override
    public String id() {
        return "performer";
    }

    @Override
    public boolean isSteerable() {
        return true;
    }

    @Override
    public GraphSignature signature(ModelManifest manifest) {
        return signature(manifest.hidden(), recalls(manifest));
    }

    /** Whether a performer recalls. */
    public static boolean recalls(ModelManifest manifest) {
        return manifest.inputs().stream().anyMatch(spec -> spec.name().equals(RECALL));
    }

    /** The tensors for an LSTM of so many units. */
    public static GraphSignature signature(int hidden, boolean recalls) {
        List<TensorSpec> inputs = new ArrayList<>(List.of(
                TensorSpec.of("note", INT32, "seq", "batch", 4),
                TensorSpec.of("forced", INT32, "seq", "batch", 4),
                TensorSpec.of("keys", INT32, "seq", "batch", 88, 3),
                TensorSpec.of("ends", INT32, "seq", "batch", 3),
                TensorSpec.of("controls", FLOAT32, "seq", "batch", 17),
                TensorSpec.of("h", FLOAT32, 1, "batch", hidden),
                TensorSpec.of("c", FLOAT32, 1, "batch", hidden),
                TensorSpec.of("noise", FLOAT32, "seq", "batch", 372),
                TensorSpec.of("uniform", FLOAT32, "seq", "batch", 3),
                TensorSpec.of("temperature", FLOAT32, "batch"),
                TensorSpec.of("top_p", FLOAT32, "batch"),
                TensorSpec.of("min_p", FLOAT32, "batch"),
                TensorSpec.of("bias", FLOAT32, "batch", 372)));
        if (recalls) {
            inputs.add(TensorSpec.of(RECALL, INT32, "seq", "batch", Recall.WIDTH));
        }
        List<TensorSpec> outputs = List.of(
                TensorSpec.of("next", INT32, "seq", "batch", 4),
                TensorSpec.of("logp", FLOAT32, "seq", "batch", 4),
                TensorSpec.of("logits", FLOAT32, "seq", "batch", 372),
                TensorSpec.of("keys_next", INT32, "seq", "batch", 88, 3),
                TensorSpec.of("ends_next", INT32, "seq", "batch", 3),
                TensorSpec.of("h_next", FLOAT32, 1, "batch", hidden),
                TensorSpec.of("c_next", FLOAT32, 1, "batch", hidden));
        return new GraphSignature(inputs, outputs, List.of("logits", "logp", "h_next", "c_next"));
    }

    @Override
    public StepModel model(GraphSession graph, ModelManifest manifest) {
        PerformerEncoding encoding = PerformerEncoding.fromJson(manifest.encoding());
        if (!encoding.equals(PerformerEncoding.STANDARD)) {
            throw new IllegalArgumentException("classes are not those of the kind " + id());
        }
        return model(graph, signature(manifest), encoding, manifest.batchInvariant());
    }

    /**
     * A graph that is not published yet, as a model.
     *
     * @param batchInvariant false steps each row alone
     */
    public static StepModel model(
            GraphSession graph, GraphSignature signature, PerformerEncoding encoding, boolean batchInvariant) {
        OnnxStepModel model = new OnnxStepModel(
                graph,
                signature,
                new ModelDescription("performer", encoding.ticksPerSecond(), StepShape.performer(encoding)));
        return batchInvariant ? model : new RowwiseStepModel(model);
    }

    @Override
    public TensorValues goldenInputs(GraphSignature signature, int[] note, int[] forced) {
        TensorValues values = GraphKind.super.goldenInputs(signature, note, forced);
        int steps = goldenSteps(forced);
        int perStep = PerformerEncoding.KEYS * KeyState.PER_KEY;
        int[] keys = new int[steps * perStep];
        int[] ends = new int[steps * KeyState.LAST_ENDS];
        int[] recall = new int[steps * Recall.WIDTH];
        HeardNotes heard = new HeardNotes(PerformerEncoding.STANDARD);
        for (int step = 0; step < steps; step++) {
            heard.hear(note, step * StepModel.ATTRIBUTES);
            heard.keys().write(keys, step * perStep, ends, step * KeyState.LAST_ENDS);
            heard.recall().write(recall, step * Recall.WIDTH);
        }
        values.put("keys", keys).put("ends", ends);
        return signature.takes(RECALL) ? values.put(RECALL, recall) : values;
    }
}
