package dev.cadenza.trainer.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Speed of a single-precision matrix product, [1024, 1024] by [1024, 1024], on one thread.
 *
 * @param gigaflops best of several runs, 10^9 floating point operations per second (2 n^3 per product)
 * @param vectorUnit the widest vector unit that the system names: {@code avx512f}, {@code avx2}, or empty when unknown
 */
public record SgemmCheck(double gigaflops, String vectorUnit) {
    private static final int SIZE = 1024;
    private static final int RUNS = 5;

    /** An AVX2 core with FMA does 32 operations a cycle: 64 at a modest 2 GHz. Half of that is a shared machine. */
    private static final double AVX2_FLOOR = 32;

    private static final double AVX512_FLOOR = 48;

    /** Multiplies for about a quarter of a second. */
    public static SgemmCheck run() {
        INDArray a = Nd4j.rand(DataType.FLOAT, SIZE, SIZE);
        INDArray b = Nd4j.rand(DataType.FLOAT, SIZE, SIZE);
        INDArray c = Nd4j.createUninitialized(DataType.FLOAT, new long[] {SIZE, SIZE}, 'f');
        double best = 0;
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            Nd4j.gemm(a, b, c, false, false, 1, 0);
            double seconds = (System.nanoTime() - start) / 1e9;
            best = Math.max(best, 2.0 * SIZE * SIZE * SIZE / seconds / 1e9);
        }
        return new SgemmCheck(best, detectVectorUnit());
    }

    private static String detectVectorUnit() {
        try {
            String cpu = Files.readString(Path.of("/proc/cpuinfo"));
            if (cpu.contains(" avx512f ")) {
                return "avx512f";
            }
            return cpu.contains(" avx2 ") ? "avx2" : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** What is wrong, when the product runs far below what the processor can do. */
    public Optional<String> warning() {
        double floor = switch (vectorUnit) {
            case "avx512f" -> AVX512_FLOOR;
            case "avx2" -> AVX2_FLOOR;
            default -> 0;
        };
        if (gigaflops >= floor) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "sgemm runs at %.0f GFLOP/s where a core with %s should pass %.0f: OpenBLAS does not know this processor,"
                        + " or the machine is busy; training will be several times slower than it could be",
                gigaflops,
                vectorUnit,
                floor));
    }

    /** One line for the log. */
    public String describe() {
        return String.format(Locale.ROOT, "sgemm %d: %.1f GFLOP/s on one thread", SIZE, gigaflops);
    }
}
