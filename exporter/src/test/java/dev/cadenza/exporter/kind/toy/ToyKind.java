package dev.cadenza.exporter.kind.toy;

import static dev.cadenza.model.TensorSpec.FLOAT32;
import static dev.cadenza.model.TensorSpec.INT32;

import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepShape;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.model.TensorSpec;
import dev.cadenza.onnx.GraphKind;
import dev.cadenza.onnx.GraphSession;
import dev.cadenza.onnx.OnnxStepModel;
import java.util.List;

/** A kind that exists in tests only: an LSTM that says the next pitch. */
public final class ToyKind implements GraphKind {
    @Override
    public String id() {
        return "toy";
    }

    @Override
    public GraphSignature signature(ModelManifest manifest) {
        return signature(manifest.hidden());
    }

    static GraphSignature signature(int hidden) {
        return new GraphSignature(
                List.of(
                        TensorSpec.of("note", INT32, "seq", "batch", 4),
                        TensorSpec.of("forced", INT32, "seq", "batch", 4),
                        TensorSpec.of("noise", FLOAT32, "seq", "batch", 1),
                        TensorSpec.of("temperature", FLOAT32, "batch"),
                        TensorSpec.of("h", FLOAT32, 1, "batch", hidden),
                        TensorSpec.of("c", FLOAT32, 1, "batch", hidden)),
                List.of(
                        TensorSpec.of("next", INT32, "seq", "batch", 4),
                        TensorSpec.of("mean", FLOAT32, "seq", "batch", 1),
                        TensorSpec.of("logp", FLOAT32, "seq", "batch", 1),
                        TensorSpec.of("h_next", FLOAT32, 1, "batch", hidden),
                        TensorSpec.of("c_next", FLOAT32, 1, "batch", hidden)),
                List.of("mean", "logp", "h_next", "c_next"));
    }

    @Override
    public StepModel model(GraphSession graph, ModelManifest manifest) {
        return model(
                graph,
                signature(manifest),
                manifest.encoding().path("ticks_per_second").asInt());
    }

    StepModel model(GraphSession graph, GraphSignature signature, int ticksPerSecond) {
        return new OnnxStepModel(graph, signature, new ModelDescription(id(), ticksPerSecond, StepShape.regression(1)));
    }
}
