package dev.cadenza.trainer.study.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PowerLawTest {
    @ParameterizedTest
    @CsvSource({"2, -0.5", "0.01, 3", "1e6, 0.076", "7, 1"})
    void recoversAnExactLaw(double a, double b) {
        double[] xs = {1, 3, 10, 250, 1e5};
        PowerLaw law = PowerLaw.fit(
                xs, DoubleStream.of(xs).map(x -> a * Math.pow(x, b)).toArray());

        assertThat(law.a()).isCloseTo(a, within(1e-9 * a));
        assertThat(law.b()).isCloseTo(b, within(1e-9));
        assertThat(law.r2()).isCloseTo(1, within(1e-9));
        assertThat(law.at(42)).isCloseTo(a * Math.pow(42, b), within(1e-9 * a * Math.pow(42, b)));
    }

    @Test
    void twoPointsAreALaw() {
        PowerLaw law = PowerLaw.fit(new double[] {1, 100}, new double[] {5, 0.5});

        assertThat(law.a()).isCloseTo(5, within(1e-12));
        assertThat(law.b()).isCloseTo(-0.5, within(1e-12));
        assertThat(law).hasToString("5.000 x^-0.5000 (R^2 1.000)");
    }

    @Test
    void leastSquaresAreThoseOfTheLogarithms() {
        double e = Math.E;
        // ln y is 0, 1, 0 at ln x of 0, 1, 2, and then 1, 0 ,2: means 1 and 1/3, slope 0; and slope 1/2.
        PowerLaw flat = PowerLaw.fit(new double[] {1, e, e * e}, new double[] {1, e, 1});
        PowerLaw rising = PowerLaw.fit(new double[] {1, e, e * e}, new double[] {e, 1, e * e});

        assertThat(flat.a()).isCloseTo(Math.exp(1 / 3.0), within(1e-12));
        assertThat(flat.b()).isCloseTo(0, within(1e-12));
        assertThat(flat.r2()).isCloseTo(0, within(1e-12));
        assertThat(rising.b()).isCloseTo(0.5, within(1e-12));
        assertThat(rising.a()).isCloseTo(Math.exp(0.5), within(1e-12));
        assertThat(rising.r2()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void pointsThatDoNotVaryDoNotDivideByZero() {
        PowerLaw level = PowerLaw.fit(new double[] {1, 2, 3}, new double[] {4, 4, 4});
        PowerLaw upright = PowerLaw.fit(new double[] {3, 3}, new double[] {1, 4});

        assertThat(level.b()).isZero();
        assertThat(level.at(100)).isCloseTo(4, within(1e-12));
        assertThat(level.r2()).isEqualTo(1);
        assertThat(upright.b()).isZero();
        assertThat(upright.at(3)).isCloseTo(2, within(1e-12));
        assertThat(upright.r2()).isZero();
    }

    @Test
    void refusesFewerThanTwoPoints() {
        assertThatThrownBy(() -> PowerLaw.fit(new double[] {}, new double[] {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("points (0) must be at least 2");
        assertThatThrownBy(() -> PowerLaw.fit(new double[] {1}, new double[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("points (1) must be at least 2");
    }

    @Test
    void refusesPointsWithoutAPartner() {
        assertThatThrownBy(() -> PowerLaw.fit(new double[] {1, 2, 3}, new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("points have 3 x and 2 y");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "-2, 1", "1, -2", "NaN, 1", "1, NaN"})
    void refusesAPointThatIsNotAboveZero(double x, double y) {
        assertThatThrownBy(() -> PowerLaw.fit(new double[] {1, x, 3}, new double[] {1, y, 3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("point (" + x + ", " + y + ") must be above 0");
    }
}
