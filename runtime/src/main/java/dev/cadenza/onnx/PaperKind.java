package dev.cadenza.onnx;

import static dev.cadenza.model.TensorSpec.FLOAT32;
import static dev.cadenza.model.TensorSpec.INT32;

import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepShape;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.model.TensorSpec;
import dev.cadenza.notematrix.PaperEncoding;
import java.util.List;

/** One LSTM that regresses to the next row of the note matrix; played as a Gaussian around that row. */
public final class PaperKind implements GraphKind {
    @Override
    public String id() {
        return "paper";
    }

    @Override
    public GraphSignature signature(ModelManifest manifest) {
        return signature(manifest.hidden());
    }

    /** The tensors for an LSTM of so many units. */
    public static GraphSignature signature(int hidden) {
        return new GraphSignature(
                List.of(
                        TensorSpec.of("note", INT32, "seq", "batch", 4),
                        TensorSpec.of("forced", INT32, "seq", "batch", 4),
                        TensorSpec.of("h", FLOAT32, 1, "batch", hidden),
                        TensorSpec.of("c", FLOAT32, 1, "batch", hidden),
                        TensorSpec.of("noise", FLOAT32, "seq", "batch", 3),
                        TensorSpec.of("temperature", FLOAT32, "batch")),
                List.of(
                        TensorSpec.of("next", INT32, "seq", "batch", 4),
                        TensorSpec.of("mean", FLOAT32, "seq", "batch", 3),
                        TensorSpec.of("logp", FLOAT32, "seq", "batch", 3),
                        TensorSpec.of("h_next", FLOAT32, 1, "batch", hidden),
                        TensorSpec.of("c_next", FLOAT32, 1, "batch", hidden)),
                List.of("mean", "logp", "h_next", "c_next"));
    }

    @Override
    public boolean mayDependOnBatch() {
        return false;
    }

    @Override
    public StepModel model(GraphSession graph, ModelManifest manifest) {
        return model(graph, signature(manifest), PaperEncoding.fromJson(manifest.encoding()));
    }

    /** A graph that is not published yet, as a model. */
    public static StepModel model(GraphSession graph, GraphSignature signature, PaperEncoding encoding) {
        StepShape shape = StepShape.regression(PaperEncoding.COLUMNS);
        return new OnnxStepModel(graph, signature, new ModelDescription("paper", encoding.ticksPerSecond(), shape));
    }
}
