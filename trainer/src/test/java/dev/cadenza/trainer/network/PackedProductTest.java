package dev.cadenza.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PackedProductTest {
    private final SplittableRandom random = new SplittableRandom(5);

    @BeforeEach
    void needsTheLibrary() {
        assumeTrue(PackedProduct.available(), "no oneDNN on this platform");
    }

    private float[] uniform(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 7, 3", "3, 1, 5", "17, 33, 65", "20, 40, 160", "31, 127, 61", "64, 128, 512"})
    void equalsPlainLoops(int rows, int inner, int columns) {
        for (boolean columnMajor : new boolean[] {false, true}) {
            for (boolean add : new boolean[] {false, true}) {
                PackedProduct product = new PackedProduct(rows, inner, columns, columnMajor, add);
                for (int round = 0; round < 2; round++) {
                    float[] large = uniform(inner * columns);
                    product.pack(new FloatPointer(large));
                    assertProduct(product, large, rows, inner, columns, columnMajor, add);
                    assertProduct(product, large, rows, inner, columns, columnMajor, add);
                }
            }
        }
    }

    private void assertProduct(
            PackedProduct product, float[] large, int rows, int inner, int columns, boolean columnMajor, boolean add) {
        float[] small = uniform(rows * inner);
        float[] before = uniform(rows * columns);
        float[] after = multiply(product, small, before);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double sum = add ? before[row * columns + column] : 0;
                for (int k = 0; k < inner; k++) {
                    sum += (double) small[row * inner + k]
                            * large[columnMajor ? column * inner + k : k * columns + column];
                }
                assertThat((double) after[row * columns + column]).isCloseTo(sum, within(1e-6 * (inner + 1)));
            }
        }
    }

    private static float[] multiply(PackedProduct product, float[] small, float[] before) {
        FloatPointer result = new FloatPointer(before);
        product.multiply(new FloatPointer(small), result);
        float[] after = new float[before.length];
        result.get(after);
        return after;
    }

    @Test
    void threadsWithTheirOwnProductsDoNotDisturbEachOther() throws Exception {
        List<Future<Boolean>> same = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            for (int thread = 0; thread < 3; thread++) {
                int rows = 5 + 3 * thread;
                float[] large = uniform(48 * 192);
                float[] small = uniform(rows * 48);
                float[] before = uniform(rows * 192);
                float[] expected = multiply(packed(rows, large), small, before);
                same.add(threads.submit(() -> {
                    boolean equal = true;
                    for (int round = 0; round < 25; round++) {
                        PackedProduct product = packed(rows, large);
                        for (int repetition = 0; repetition < 40; repetition++) {
                            equal &= Arrays.equals(multiply(product, small, before), expected);
                        }
                    }
                    return equal;
                }));
            }
            for (Future<Boolean> result : same) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void mayMoveFromThreadToThread() throws Exception {
        float[] small = uniform(64 * 48);
        float[] before = uniform(64 * 192);
        try (PackedProduct product = packed(64, uniform(48 * 192))) {
            float[] expected = multiply(product, small, before);
            ExecutorService other = Executors.newSingleThreadExecutor();
            try {
                assertThat(other.submit(() -> multiply(product, small, before)).get())
                        .containsExactly(expected);
            } finally {
                other.shutdownNow();
            }
        }
    }

    private static PackedProduct packed(int rows, float[] large) {
        PackedProduct product = new PackedProduct(rows, 48, 192, true, true);
        product.pack(new FloatPointer(large));
        return product;
    }
}
