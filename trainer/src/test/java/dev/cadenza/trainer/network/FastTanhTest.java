package dev.cadenza.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class FastTanhTest {
    private static final double ERROR = 1e-6;

    /** A dense grid from -20 to 20, then powers of two from the smallest to the largest float, then infinity. */
    private static float[] points() {
        float[] points = new float[400_001 + 2 * 279];
        for (int i = 0; i <= 400_000; i++) {
            points[i] = (float) (-20 + i * 1e-4);
        }
        int at = 400_001;
        for (int exponent = -149; exponent <= 128; exponent++) {
            points[at++] = (float) Math.scalb(1.0, exponent);
            points[at++] = (float) -Math.scalb(1.0, exponent);
        }
        points[at++] = Float.MAX_VALUE;
        points[at] = -Float.MAX_VALUE;
        return points;
    }

    @Test
    void isTanhToASixthDecimal() {
        float[] points = points();
        float[] values = new float[points.length];
        FastTanh.tanh(points, values, points.length);
        double worst = 0;
        for (int i = 0; i < points.length; i++) {
            worst = Math.max(worst, Math.abs(values[i] - StrictMath.tanh(points[i])));
        }
        assertThat(points).contains(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE);
        assertThat(worst).isLessThan(ERROR);
    }

    @Test
    void isTheLogisticFunctionToASixthDecimal() {
        float[] points = points();
        float[] values = points.clone();
        FastTanh.sigmoid(values, values.length);
        double worst = 0;
        for (int i = 0; i < points.length; i++) {
            worst = Math.max(worst, Math.abs(values[i] - 1 / (1 + StrictMath.exp(-points[i]))));
        }
        assertThat(worst).isLessThan(ERROR);
    }

    @Test
    void smallValuesKeepTheirRelativePrecision() {
        for (float x = 1e-30f; x < 1f; x *= 1.01f) {
            assertThat(FastTanh.tanh(x) / StrictMath.tanh(x)).isCloseTo(1, within(ERROR));
        }
        assertThat(FastTanh.tanh(0f)).isZero();
    }

    @Test
    void nanStaysNan() {
        float[] values = {Float.NaN, 1f};
        float[] tanh = new float[2];
        FastTanh.tanh(values, tanh, 2);
        FastTanh.sigmoid(values, 1);

        assertThat(tanh[0]).isNaN();
        assertThat(tanh[1]).isCloseTo((float) Math.tanh(1), within(1e-6f));
        assertThat(values).containsExactly(Float.NaN, 1f);
    }
}
