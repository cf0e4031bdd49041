package dev.cadenza.trainer.roll;

import dev.cadenza.trainer.layer.NativeFloats;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays as the heads' products want them. */
final class HeadArrays {
    private HeadArrays() {}

    /** An empty array [rows, columns, steps] in that order of memory: [columns][steps][rows]. */
    static INDArray columnsApart(float[] values, int rows, int columns, int steps) {
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

    static INDArray parameter(Map<String, INDArray> parameters, String key) {
        return Objects.requireNonNull(parameters.get(key), key);
    }

    static FloatPointer at(Map<String, INDArray> parameters, String key) {
        return NativeFloats.pointer(parameter(parameters, key));
    }

    /** Row-major: c [m, n] = op(a) op(b) + beta c, rows of each without gaps. */
    static void multiply(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            FloatPointer a,
            FloatPointer b,
            float beta,
            FloatPointer c) {
        openblas_nolapack.cblas_sgemm(
                openblas_nolapack.CblasRowMajor,
                transposeA ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
                transposeB ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
                m,
                n,
                k,
                1f,
                a,
                transposeA ? m : k,
                b,
                transposeB ? k : n,
                beta,
                c,
                n);
    }

    /** y = op(a) x + beta y with a row-major [rows, columns]. */
    static void multiply(
            boolean transpose, int rows, int columns, FloatPointer a, FloatPointer x, float beta, FloatPointer y) {
        openblas_nolapack.cblas_sgemv(
                openblas_nolapack.CblasRowMajor,
                transpose ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
                rows,
                columns,
                1f,
                a,
                columns,
                x,
                1,
                beta,
                y,
                1);
    }
}
