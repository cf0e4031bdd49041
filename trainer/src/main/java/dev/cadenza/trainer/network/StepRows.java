package dev.cadenza.trainer.network;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays [rows, columns, steps] that lie in memory as [steps][rows][columns], as products and loops want them. */
public final class StepRows {
    private StepRows() {}

    /** Wraps {@code [steps][rows][columns]} as [rows, columns, steps]. */
    public static INDArray array(float[] values, int rows, int columns, int steps) {
        return Nd4j.create(values, new long[] {steps, rows, columns}, 'c').permute(1, 2, 0);
    }

    /** The array itself when it lies so, else a copy that does. */
    public static INDArray laid(INDArray array) {
        long columns = array.size(1);
        boolean lies = (columns == 1 || array.stride(1) == 1)
                && (array.size(0) == 1 || array.stride(0) == columns)
                && (array.size(2) == 1 || array.stride(2) == columns * array.size(0));
        return lies ? array : array.permute(2, 0, 1).dup('c').permute(1, 2, 0);
    }

    /** Its values as {@code [steps][rows][columns]}. */
    public static float[] read(INDArray array, int expectedColumns) {
        if (array.rank() != 3 || array.size(1) != expectedColumns) {
            throw new IllegalArgumentException("array " + java.util.Arrays.toString(array.shape()) + " must be [rows, "
                    + expectedColumns + ", steps]");
        }
        return NativeFloats.of(laid(array));
    }
}
