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
    final int steps;
    private final Memory memory;
    private final Map<String, IntBuffer> ints = new HashMap<>();
    private final Map<String, FloatBuffer> floats = new HashMap<>();
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxTensor> outputs = new HashMap<>();

    /** Memory for a tensor. */
    @FunctionalInterface
    interface Memory {
        /** A direct buffer of native order and exactly so many bytes. */
        ByteBuffer of(String name, int bytes);
    }

    /**
     * Buffers with memory of their own.
     *
     * @param in the graph's inputs
     * @param out those of its outputs that are read
     * @param elsewhere names of tensors that are held elsewhere
     */
    StepBuffers(int steps, int rows, List<TensorSpec> in, List<TensorSpec> out, Set<String> elsewhere)
            throws OrtException {
        this(steps, rows, in, out, elsewhere, (name, bytes) -> direct(bytes));
    }

    /** Buffers over memory that may be shared with others, as long as those are not in use at the same time. */
    StepBuffers(int steps, int rows, List<TensorSpec> in, List<TensorSpec> out, Set<String> elsewhere, Memory memory)
            throws OrtException {
        this.steps = steps;
        this.memory = memory;
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
            long[] dims = spec.dims(steps, rows);
            int count = Math.toIntExact(spec.count(steps, rows));
            ByteBuffer bytes = memory.of(spec.name(), Math.multiplyExact(count, Integer.BYTES));
            if (spec.type().equals(TensorSpec.INT32)) {
                IntBuffer buffer = bytes.asIntBuffer();
                ints.put(spec.name(), buffer);
                tensors.put(spec.name(), OnnxTensor.createTensor(GraphSession.environment(), buffer, dims));
            } else {
                FloatBuffer buffer = bytes.asFloatBuffer();
                floats.put(spec.name(), buffer);
                tensors.put(spec.name(), tensor(buffer, dims));
            }
        }
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
        return direct(Math.multiplyExact(count, Float.BYTES)).asFloatBuffer();
    }

    static OnnxTensor tensor(FloatBuffer buffer, long... dims) throws OrtException {
        return OnnxTensor.createTensor(GraphSession.environment(), buffer, dims);
    }

    static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        for (Collection<OnnxTensor> tensors : List.of(inputs.values(), outputs.values())) {
            tensors.forEach(OnnxTensor::close);
        }
    }
}
