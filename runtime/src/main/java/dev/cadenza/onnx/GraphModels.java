package dev.cadenza.onnx;

import dev.cadenza.generation.StepModel;
import dev.cadenza.generation.StepShape;
import dev.cadenza.model.ModelKind;
import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.pianoroll.RollEncoding;

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

    /** A graph of kind {@code paper}; the rules are those of {@link #performer}. */
    public static StepModel paper(GraphSession graph, int hidden, PaperEncoding encoding) {
        return new OnnxStepModel(
                graph, ModelKind.PAPER, encoding.ticksPerSecond(), hidden, StepShape.regression(PaperEncoding.COLUMNS));
    }

    /**
     * A graph of kind {@code roll}; the rules are those of {@link #performer}.
     *
     * @param hidden numbers of a row's state
     */
    public static StepModel roll(GraphSession graph, int hidden, RollEncoding encoding) {
        return new RowwiseStepModel(new RollStepModel(graph, encoding, hidden));
    }
}
