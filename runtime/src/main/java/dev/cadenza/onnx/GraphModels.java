package dev.cadenza.onnx;

import dev.cadenza.generation.StepModel;
import dev.cadenza.generation.StepShape;
import dev.cadenza.model.ModelKind;
import dev.cadenza.notematrix.PerformerEncoding;

/** Graphs that are no published versions yet, as models to play and to score. */
public final class GraphModels {
    private GraphModels() {}

    /**
     * A graph of a kind that {@linkplain ModelKind#performs performs}.
     *
     * @param graph stays the caller's, and open as long as the model is used
     * @param hidden units of its state
     * @param batchInvariant false steps each row alone
     */
    public static StepModel performer(
            GraphSession graph, ModelKind kind, int hidden, PerformerEncoding encoding, boolean batchInvariant) {
        OnnxStepModel model =
                new OnnxStepModel(graph, kind, encoding.ticksPerSecond(), hidden, StepShape.performer(encoding));
        return batchInvariant ? model : new RowwiseStepModel(model);
    }
}
