package dev.cadenza.onnx;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Tensors on their way into or out of one run, by name; all row-major. Mutable. */
public final class TensorValues {
    private final Map<String, float[]> floats = new HashMap<>();
    private final Map<String, int[]> ints = new HashMap<>();

    /** Sets a float32 tensor; the array is not copied. */
    public TensorValues put(String name, float[] values) {
        floats.put(name, values);
        return this;
    }

    /** Sets an int32 tensor; the array is not copied. */
    public TensorValues put(String name, int[] values) {
        ints.put(name, values);
        return this;
    }

    /**
     * A float32 tensor.
     *
     * @throws NullPointerException that names it when there is none
     */
    public float[] floats(String name) {
        return Objects.requireNonNull(floats.get(name), name);
    }

    /**
     * An int32 tensor.
     *
     * @throws NullPointerException that names it when there is none
     */
    public int[] ints(String name) {
        return Objects.requireNonNull(ints.get(name), name);
    }
}
