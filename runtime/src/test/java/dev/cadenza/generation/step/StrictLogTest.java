package dev.cadenza.generation.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The logarithm is StrictMath's, to the bit. */
class StrictLogTest {
    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                -0.0,
                -1,
                1,
                2,
                0.5,
                Double.MIN_VALUE,
                Double.MIN_NORMAL,
                Double.MAX_VALUE,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.NaN,
                Math.E,
                Math.PI,
                1e-300,
                1e300,
                0x1p-54,
                1 - 0x1p-53
            })
    void specialNumbers(double x) {
        requireSame(x);
        requireSame(Math.nextUp(x));
        requireSame(Math.nextDown(x));
    }

    @Test
    void anyBits() {
        Random random = new Random(1);
        for (int draw = 0; draw < 2_000_000; draw++) {
            requireSame(Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE));
        }
    }

    @Test
    void uniformNumbersAndTheirLogarithms() {
        Random random = new Random(2);
        for (int draw = 0; draw < 2_000_000; draw++) {
            double u = random.nextDouble();
            requireSame(u);
            requireSame(-StrictMath.log(u));
        }
    }

    /** Around every place where the way of computing changes. */
    @Test
    void aroundPowersOf2AndTheirRoots() {
        for (int exponent = -60; exponent <= 60; exponent++) {
            for (double place : new double[] {1, 0.70710678, 1.41421356, 1.3799, 1.4199, 1.38, 1.42, 1 + 0x1p-20}) {
                double x = Math.scalb(place, exponent);
                for (int step = 0; step < 500; step++) {
                    requireSame(x + step * Math.ulp(x));
                    requireSame(x - step * Math.ulp(x));
                    requireSame(x * (1 + (step - 250) * 1e-7));
                }
            }
        }
    }

    private static void requireSame(double x) {
        long expected = Double.doubleToLongBits(StrictMath.log(x));
        if (Double.doubleToLongBits(StrictLog.of(x)) != expected) {
            assertThat(StrictLog.of(x)).as("ln %s", x).isEqualTo(StrictMath.log(x));
            throw new AssertionError("bits of ln " + x);
        }
    }
}
