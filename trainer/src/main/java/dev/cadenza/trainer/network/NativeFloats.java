package dev.cadenza.trainer.network;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Moves floats between heap arrays and ND4J's memory, in the order in which they lie there. */
public final class NativeFloats {
    private NativeFloats() {}

    /** A copy of the elements in memory order; the array must be without gaps. */
    public static float[] of(INDArray array) {
        float[] values = new float[Math.toIntExact(array.length())];
        get(array, 0, values, values.length);
        return values;
    }

    public static void get(INDArray from, long at, float[] to, int count) {
        try {
            buffer(pointer(from), at + count).get(Math.toIntExact(at), to, 0, count);
        } finally {
            // ND4J frees what nothing refers to, and a buffer refers to an address alone.
            Reference.reachabilityFence(from);
        }
    }

    public static void put(float[] from, INDArray to) {
        try {
            buffer(pointer(to), from.length).put(0, from);
        } finally {
            Reference.reachabilityFence(to);
        }
    }

    /** The address of the first element, good as long as the array is reachable. */
    public static FloatPointer pointer(INDArray array) {
        return new FloatPointer(array.data().addressPointer());
    }

    private static FloatBuffer buffer(FloatPointer pointer, long count) {
        return pointer.capacity(pointer.position() + count).asBuffer();
    }
}
