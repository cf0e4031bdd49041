package dev.cadenza.onnx;

import static dev.cadenza.graph.OnnxBytes.node;
import static dev.cadenza.model.TensorSpec.FLOAT32;
import static dev.cadenza.model.TensorSpec.INT32;

import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepShape;
import dev.cadenza.graph.OnnxBytes;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.model.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/** A kind that exists in tests only: it plays one note again and again. */
public final class ToyKind implements GraphKind {
    static final String ID = "toy";
    static final int[] NOTE = {25, 60, 64, 20};

    private static final int FLOAT = 1;
    private static final int INT = 6;
    private static final int NOISE = 2;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public GraphSignature signature(ModelManifest manifest) {
        return signature();
    }

    static GraphSignature signature() {
        return new GraphSignature(
                List.of(
                        TensorSpec.of("note", INT32, "seq", "batch", 4),
                        TensorSpec.of("forced", INT32, "seq", "batch", 4),
                        TensorSpec.of("noise", FLOAT32, "seq", "batch", NOISE),
                        TensorSpec.of("temperature", FLOAT32, "batch"),
                        TensorSpec.of("h", FLOAT32, 1, "batch", 1),
                        TensorSpec.of("c", FLOAT32, 1, "batch", 1)),
                List.of(
                        TensorSpec.of("next", INT32, "seq", "batch", 4),
                        TensorSpec.of("logp", FLOAT32, "seq", "batch", NOISE),
                        TensorSpec.of("h_next", FLOAT32, 1, "batch", 1),
                        TensorSpec.of("c_next", FLOAT32, 1, "batch", 1)),
                List.of("logp", "h_next", "c_next"));
    }

    @Override
    public StepModel model(GraphSession graph, ModelManifest manifest) {
        int ticksPerSecond = manifest.encoding().path("ticks_per_second").asInt();
        if (ticksPerSecond < 1) {
            throw new IllegalArgumentException("ticks_per_second (" + ticksPerSecond + ") must be positive");
        }
        return new OnnxStepModel(
                graph, signature(), new ModelDescription(ID, ticksPerSecond, StepShape.regression(NOISE)));
    }

    /** The bytes of model.onnx. */
    static byte[] graph(Map<String, String> metadata) {
        OnnxBytes graph = new OnnxBytes()
                .nodes(
                        node("Less", "forced zero", "free"),
                        node("Where", "free always forced", "next"),
                        node("Sigmoid", "noise", "logp"),
                        node("Tanh", "h", "h_next"),
                        node("Round", "c", "c_next"))
                .text(2, ID)
                .constant("zero", INT, ints(0))
                .constant("always", INT, ints(NOTE), NOTE.length);
        signature().inputs().forEach(spec -> declare(graph, 11, spec));
        signature().outputs().forEach(spec -> declare(graph, 12, spec));
        OnnxBytes props = new OnnxBytes();
        metadata.forEach(
                (key, value) -> props.message(14, new OnnxBytes().text(1, key).text(2, value)));
        byte[] model = OnnxBytes.model(graph);
        byte[] extra = props.toBytes();
        return ByteBuffer.allocate(model.length + extra.length)
                .put(model)
                .put(extra)
                .array();
    }

    private static void declare(OnnxBytes graph, int field, TensorSpec spec) {
        graph.declared(
                field,
                spec.name(),
                spec.type().equals(INT32) ? INT : FLOAT,
                spec.shape().toArray(String[]::new));
    }

    private static byte[] ints(int... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asIntBuffer().put(values);
        return raw.array();
    }
}
