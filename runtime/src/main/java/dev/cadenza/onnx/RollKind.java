package dev.cadenza.onnx;

import static dev.cadenza.model.TensorSpec.FLOAT32;
import static dev.cadenza.model.TensorSpec.INT32;

import dev.cadenza.generation.step.StepModel;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.model.TensorSpec;
import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.pianoroll.RollEncoding;
import java.util.Arrays;
import java.util.List;

/**
 * A piano-roll model: which of 88 keys sound in the next step, each drawn given the keys below it. A step is not a note:
 * {@link RollStepModel} plays steps as notes. Its state is as wide as all LSTMs of one row together.
 */
public final class RollKind implements GraphKind {
    @Override
    public String id() {
        return "roll";
    }

    @Override
    public GraphSignature signature(ModelManifest manifest) {
        return signature(manifest.hidden());
    }

    /** The tensors for a state of so many numbers. */
    public static GraphSignature signature(int hidden) {
        return new GraphSignature(
                List.of(
                        TensorSpec.of("roll", INT32, "seq", "batch", 88),
                        TensorSpec.of("forced", INT32, "seq", "batch", 88),
                        TensorSpec.of("position", INT32, "seq", "batch"),
                        TensorSpec.of("h", FLOAT32, 1, "batch", hidden),
                        TensorSpec.of("c", FLOAT32, 1, "batch", hidden),
                        TensorSpec.of("uniform", FLOAT32, "seq", "batch", 88),
                        TensorSpec.of("temperature", FLOAT32, "batch")),
                List.of(
                        TensorSpec.of("next", INT32, "seq", "batch", 88),
                        TensorSpec.of("logp", FLOAT32, "seq", "batch", 88),
                        TensorSpec.of("logits", FLOAT32, "seq", "batch", 88),
                        TensorSpec.of("h_next", FLOAT32, 1, "batch", hidden),
                        TensorSpec.of("c_next", FLOAT32, 1, "batch", hidden)),
                List.of("logits", "logp", "h_next", "c_next"));
    }

    @Override
    public StepModel model(GraphSession graph, ModelManifest manifest) {
        return model(graph, signature(manifest), RollEncoding.fromJson(manifest.encoding()));
    }

    /** A graph that is not published yet, as a model. */
    public static StepModel model(GraphSession graph, GraphSignature signature, RollEncoding encoding) {
        return new RowwiseStepModel(new RollStepModel(graph, encoding, signature));
    }

    /** Its steps follow each other in a note as well as in a prompt. */
    @Override
    public boolean runsChunks() {
        return false;
    }

    @Override
    public int goldenSteps(int[] forced) {
        return RollNotes.roll(forced).steps();
    }

    /** The roll of notes whose ticks are steps. */
    @Override
    public TensorValues goldenInputs(GraphSignature signature, int[] note, int[] forced) {
        PianoRoll roll = RollNotes.roll(forced);
        int steps = roll.steps();
        int[] before = new int[steps * PianoRoll.KEYS];
        int[] given = new int[steps * PianoRoll.KEYS];
        int[] position = new int[steps];
        for (int step = 0; step < steps; step++) {
            position[step] = step;
            for (int key = 0; key < PianoRoll.KEYS; key++) {
                before[step * PianoRoll.KEYS + key] = roll.on(step - 1, key) ? 1 : 0;
                given[step * PianoRoll.KEYS + key] = roll.on(step, key) ? 1 : 0;
            }
        }
        float[] uniform = new float[steps * PianoRoll.KEYS];
        Arrays.fill(uniform, 0.5f);
        return new TensorValues()
                .put("roll", before)
                .put("forced", given)
                .put("position", position)
                .put("h", new float[signature.hidden()])
                .put("c", new float[signature.hidden()])
                .put("uniform", uniform)
                .put("temperature", new float[] {1});
    }
}
