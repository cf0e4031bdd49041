package dev.cadenza.trainer.roll.head;

import dev.cadenza.trainer.network.NativeFloats;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays as the heads' products want them, and the loss of one key. */
public final class HeadArrays {
    private HeadArrays() {}

    /** An empty array [rows, columns, steps] in that order of memory: [columns][steps][rows]. */
    public static INDArray columnsApart(float[] values, int rows, int columns, int steps) {
        return Nd4j.create(values, new long[] {rows, steps, columns}, 'f').permute(0, 2, 1);
    }

    /** The array itself when its memory order is [columns][steps][rows], else a copy that has it. */
    static INDArray columnsApart(INDArray array) {
        long rows = array.size(0);
        boolean lies = (rows == 1 || array.stride(0) == 1)
                && (array.size(1) == 1 || array.stride(1) == rows * array.size(2))
                && (array.size(2) == 1 || array.stride(2) == rows);
        return lies ? array : array.permute(1, 2, 0).dup('c').permute(2, 0, 1);
    }

    /** -ln p of a Bernoulli whose log-odds are given: softplus(-z) or softplus(z), without overflow. */
    public static double nats(double logit, boolean value) {
        double against = value ? -logit : logit;
        return Math.max(0, against) + Math.log1p(Math.exp(-Math.abs(against)));
    }

    static INDArray parameter(Map<String, INDArray> parameters, String key) {
        return Objects.requireNonNull(parameters.get(key), key);
    }

    static FloatPointer at(Map<String, INDArray> parameters, String key) {
        return NativeFloats.pointer(parameter(parameters, key));
    }
}
