package dev.cadenza.onnx;

import dev.cadenza.generation.step.StepModel;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.model.ModelKind;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.model.TensorSpec;
import java.util.Arrays;

/** How graphs of a kind are played and tried out. Stateless; has a public constructor without parameters. */
public interface GraphKind extends ModelKind {
    /**
     * A graph as a model.
     *
     * @param graph stays the caller's, and open as long as the model is used
     * @param manifest whose tensors are those of {@link #signature}
     * @throws IllegalArgumentException if the encoding in the manifest is not one of this kind
     */
    StepModel model(GraphSession graph, ModelManifest manifest);

    /**
     * Steps of the graph that a golden piece takes.
     *
     * @param forced {@code [notes, 4]}
     * @throws IllegalArgumentException if they are too many
     */
    default int goldenSteps(int[] forced) {
        return forced.length / StepModel.ATTRIBUTES;
    }

    /**
     * The inputs when every note is given: one row from a zero state, no noise, nothing asked of it.
     *
     * @param note {@code [notes, 1, 4]}
     * @param forced {@code [notes, 1, 4]}
     */
    default TensorValues goldenInputs(GraphSignature signature, int[] note, int[] forced) {
        TensorValues values = new TensorValues();
        int steps = goldenSteps(forced);
        for (TensorSpec spec : signature.inputs()) {
            if (spec.type().equals(TensorSpec.FLOAT32)) {
                float[] neutral = new float[Math.toIntExact(spec.count(steps, 1))];
                Arrays.fill(
                        neutral,
                        switch (spec.name()) {
                            case "temperature", "top_p" -> 1f;
                            case "uniform" -> 0.5f;
                            default -> 0f;
                        });
                values.put(spec.name(), neutral);
            }
        }
        return values.put("note", note).put("forced", forced);
    }

    /** Whether given notes run as chunks, so that a chunk has to be tried out too. */
    default boolean runsChunks() {
        return true;
    }
}
