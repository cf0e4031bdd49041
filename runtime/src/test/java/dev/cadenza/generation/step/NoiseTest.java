package dev.cadenza.generation.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseTest {
    @Test
    void theNumbersOfASeedNeverChange() {
        // Written down once: a change here changes what every seed plays.
        Noise noise = new Noise(7);
        assertThat(new float[] {noise.normal(0, 0), noise.normal(0, 1), noise.normal(1, 0), noise.normal(9999, 2)})
                .containsExactly(2.2195928f, 0.41169876f, -0.7460647f, 0.26617667f);
    }

    @Test
    void gumbelAndUniformNumbersOfASeedNeverChangeEither() {
        Noise noise = new Noise(7);
        assertThat(new float[] {noise.gumbel(0, 0), noise.gumbel(0, 371), noise.gumbel(9999, 1)})
                .containsExactly(-1.001206f, 0.32613963f, 1.1572788f);
        assertThat(new float[] {noise.uniform(0, 0), noise.uniform(0, 2), noise.uniform(9999, 1)})
                .containsExactly(0.5884102f, 0.86048985f, 0.5488215f);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 5, -77})
    void gumbelAndUniformNumbersAreWhatTheySay(long seed) {
        Noise noise = new Noise(seed);
        int n = 100_000;
        int[] gumbels = new int[20];
        int[] uniforms = new int[20];
        double products = 0;
        for (int i = 0; i < n; i++) {
            // Its distribution function makes a Gumbel number uniform.
            double place = Math.exp(-Math.exp(-noise.gumbel(i, i % 372)));
            float uniform = noise.uniform(i, i % 3);
            assertThat(uniform).isGreaterThanOrEqualTo(0).isLessThan(1);
            gumbels[(int) Math.min(19, place * 20)]++;
            uniforms[(int) (uniform * 20)]++;
            products += (place - 0.5) * (noise.uniform(i, i % 372) - 0.5);
        }
        for (int[] bins : new int[][] {gumbels, uniforms}) {
            double distance = 0;
            for (int bin : bins) {
                distance += (bin - n / 20.0) * (bin - n / 20.0) / (n / 20.0);
            }
            assertThat(distance).isLessThan(49);
        }
        assertThat(products / n).as("streams have nothing in common").isCloseTo(0, within(0.0012));
    }

    @Test
    void isAFunctionOfItsPlaceAlone() {
        Noise noise = new Noise(-5);
        float later = noise.normal(1000, 2);
        noise.normal(3, 1);
        assertThat(noise.normal(1000, 2)).isEqualTo(later);
        assertThat(new Noise(-5).normal(1000, 2)).isEqualTo(later);
        float[] row = new float[5];
        noise.fill(Noise.Distribution.NORMAL, 1000, row, 1, 3);
        assertThat(row).containsExactly(0, noise.normal(1000, 0), noise.normal(1000, 1), later, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MAX_VALUE, 123456789})
    void isStandardNormal(long seed) {
        Noise noise = new Noise(seed);
        int steps = 40_000;
        int columns = 3;
        int[] bins = new int[20];
        double sum = 0;
        double squares = 0;
        double products = 0;
        for (int step = 0; step < steps; step++) {
            for (int column = 0; column < columns; column++) {
                double value = noise.normal(step, column);
                sum += value;
                squares += value * value;
                products += value * noise.normal(step + 1L, column);
                bins[(int) Math.min(bins.length - 1, Math.max(0, (value + 2.5) * 4))]++;
            }
        }
        double n = (double) steps * columns;
        assertThat(sum / n).isCloseTo(0, within(0.012));
        assertThat(squares / n).isCloseTo(1, within(0.02));
        assertThat(products / n).isCloseTo(0, within(0.012));
        assertThat(chiSquared(bins, n)).isLessThan(49);
    }

    @Test
    void neighbouringSeedsHaveNothingInCommon() {
        Set<Float> seen = new HashSet<>();
        double products = 0;
        for (int seed = 0; seed < 1000; seed++) {
            products += new Noise(seed).normal(0, 0) * new Noise(seed + 1L).normal(0, 0);
            seen.add(new Noise(seed).normal(0, 0));
        }
        assertThat(seen).hasSizeGreaterThan(998);
        assertThat(products / 1000).isCloseTo(0, within(0.13));
    }

    /** 20 bins of width 1/4 around 0, the tails in the outer ones; 19 degrees of freedom: 49 is 1 in 5,000. */
    private static double chiSquared(int[] bins, double n) {
        double sum = 0;
        for (int bin = 0; bin < bins.length; bin++) {
            double low = bin == 0 ? 0 : cumulative(-2.5 + bin / 4.0);
            double high = bin == bins.length - 1 ? 1 : cumulative(-2.5 + (bin + 1) / 4.0);
            double expected = n * (high - low);
            sum += (bins[bin] - expected) * (bins[bin] - expected) / expected;
        }
        return sum;
    }

    /** The normal distribution function, by integrating the density with Simpson's rule from 0. */
    private static double cumulative(double x) {
        int pieces = 200;
        double width = x / pieces;
        double[] weights = new double[pieces + 1];
        Arrays.setAll(weights, i -> i == 0 || i == pieces ? 1 : i % 2 == 1 ? 4 : 2);
        double sum = 0;
        for (int i = 0; i <= pieces; i++) {
            sum += weights[i] * Math.exp(-Math.pow(i * width, 2) / 2);
        }
        return 0.5 + sum * width / 3 / Math.sqrt(2 * Math.PI);
    }
}
