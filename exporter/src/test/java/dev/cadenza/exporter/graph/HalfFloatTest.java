package dev.cadenza.exporter.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class HalfFloatTest {
    @Test
    void everyHalfFloatIsItself() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = value(bits);
            if (Float.isFinite(value)) {
                assertThat(HalfFloat.bits(value)).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void betweenTwoTheNearerIsTaken() {
        for (int bits = 0; bits < 0x7bff; bits++) {
            float low = value(bits);
            float high = value(bits + 1);
            float middle = (low + high) / 2;
            assertThat(HalfFloat.bits(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(HalfFloat.bits(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
            assertThat(HalfFloat.bits(middle) & 1).isZero();
            assertThat(HalfFloat.bits(-middle)).isEqualTo((short) (HalfFloat.bits(middle) | 0x8000));
        }
    }

    @ParameterizedTest
    @CsvSource({"65520", "-65520", "1e10", "NaN", "Infinity"})
    void whatIsTooGreatIsRefused(float value) {
        assertThatThrownBy(() -> HalfFloat.bits(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("within");
        assertThat(HalfFloat.bits(65519)).isEqualTo((short) 0x7bff);
    }

    /** The number of a half float, by its definition. */
    public static float value(int bits) {
        int exponent = bits >> 10 & 31;
        int fraction = bits & 1023;
        double size = exponent == 31
                ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                : exponent == 0 ? Math.scalb((double) fraction, -24) : Math.scalb(1024.0 + fraction, exponent - 25);
        return (float) (bits >> 15 == 0 ? size : -size);
    }
}
