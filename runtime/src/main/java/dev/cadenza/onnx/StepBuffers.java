package dev.cadenza.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.cadenza.model.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The tensors of a run of so many steps and rows, over memory that Java and ONNX Runtime share: filled, run and read
 * again and again without an allocation.
 */
final class StepBuffers implements AutoCloseable {
    private static final String STEPS = "seq";
    private static final String ROWS = "batch";

    final int steps;
    private final Map<String, IntBuffer> ints = new HashMap<>();
    private final Map<String, FloatBuffer> floats = new HashMap<>();
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxTensor> outputs = new HashMap<>();

    /**
     * @param in the graph's inputs
     * @param out those of its outputs that are read
     * @param elsewhere names of tensors that somebody else holds
     */
    StepBuffers(int steps, int rows, List<TensorSpec> in, List<TensorSpec> out, Set<String> elsewhere)
            throws OrtException {
        this.steps = steps;
        boolean good = false;
        try {
            add(in, inputs, rows, elsewhere);
            add(out, outputs, rows, elsewhere);
            good = true;
        } finally {
            if (!good) {
                close();
            }
        }
    }

    private void add(List<TensorSpec> specs, Map<String, OnnxTensor> tensors, int rows, Set<String> elsewhere)
            throws OrtException {
        for (TensorSpec spec : specs) {
            if (elsewhere.contains(spec.name())) {
                continue;
            }
            long[] dims = dims(spec, steps, rows);
            int count = 1;
            for (long dim : dims) {
                count = Math.multiplyExact(count, Math.toIntExact(dim));
            }
            if (spec.type().equals(TensorSpec.INT32)) {
                IntBuffer buffer = direct(count).asIntBuffer();
                ints.put(spec.name(), buffer);
                tensors.put(spec.name(), OnnxTensor.createTensor(GraphSession.environment(), buffer, dims));
            } else {
                FloatBuffer buffer = floats(count);
                floats.put(spec.name(), buffer);
                tensors.put(spec.name(), tensor(buffer, dims));
            }
        }
    }

    private static long[] dims(TensorSpec spec, int steps, int rows) {
        return spec.shape().stream()
                .mapToLong(dim -> switch (dim) {
                    case STEPS -> steps;
                    case ROWS -> rows;
                    default -> Long.parseLong(dim);
                })
                .toArray();
    }

    IntBuffer ints(String name) {
        return Objects.requireNonNull(ints.get(name), name);
    }

    FloatBuffer floats(String name) {
        return Objects.requireNonNull(floats.get(name), name);
    }

    /** What the graph reads, by name. */
    Map<String, OnnxTensor> inputs() {
        return inputs;
    }

    /** What the graph writes, by name. */
    Map<String, OnnxTensor> outputs() {
        return outputs;
    }

    static FloatBuffer floats(int count) {
        return direct(count).asFloatBuffer();
    }

    static OnnxTensor tensor(FloatBuffer buffer, long... dims) throws OrtException {
        return OnnxTensor.createTensor(GraphSession.environment(), buffer, dims);
    }

    private static ByteBuffer direct(int count) {
        return ByteBuffer.allocateDirect(count * Integer.BYTES).order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        for (Collection<OnnxTensor> tensors : List.of(inputs.values(), outputs.values())) {
            tensors.forEach(OnnxTensor::close);
        }
    }
}
