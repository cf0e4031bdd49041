package dev.cadenza.trainer.network;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/** Products of row-major matrices in native memory, by the BLAS. */
public final class Products {
    private Products() {}

    /** c [m, n] = op(a) op(b) + beta c; a stride is the distance of rows. */
    public static void multiply(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            FloatPointer a,
            int strideA,
            FloatPointer b,
            int strideB,
            float beta,
            FloatPointer c,
            int strideC) {
        openblas_nolapack.cblas_sgemm(
                openblas_nolapack.CblasRowMajor,
                transposeA ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
                transposeB ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
                m,
                n,
                k,
                1f,
                a,
                strideA,
                b,
                strideB,
                beta,
                c,
                strideC);
    }

    /** c [m, n] = op(a) op(b) + beta c, rows of each without gaps. */
    public static void multiply(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            FloatPointer a,
            FloatPointer b,
            float beta,
            FloatPointer c) {
        multiply(transposeA, transposeB, m, n, k, a, transposeA ? m : k, b, transposeB ? k : n, beta, c, n);
    }

    /** y = op(a) x + beta y with a [rows, columns]. */
    public static void multiply(
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
