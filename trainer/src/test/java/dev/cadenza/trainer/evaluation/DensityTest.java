package dev.cadenza.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class DensityTest {
    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

    /** Of deviation 2: Scott's width of two is 2 x 2^(-1/5). */
    @Test
    void theWidthIsScotts() {
        Density density = new Density(new double[] {1, 5});
        double width = 2 * Math.pow(2, -0.2);

        double expected = Math.exp(-0.5 * (2 / width) * (2 / width)) / (width * ROOT_TWO_PI);
        assertThat(density.at(3)).isCloseTo(expected, within(1e-12));
        assertThat(density.lowest()).isCloseTo(1 - 5 * width, within(1e-12));
        assertThat(density.highest()).isCloseTo(5 + 5 * width, within(1e-12));
    }

    @Test
    void itsIntegralIsOne() {
        Density density = new Density(new double[] {1, 5, 5.5, -3});
        double step = (density.highest() - density.lowest()) / 1000;
        double sum = 0;
        for (int i = 0; i < 1000; i++) {
            sum += density.at(density.lowest() + (i + 0.5) * step) * step;
        }

        assertThat(sum).isCloseTo(1, within(1e-6));
    }

    @Test
    void kernelsCanBeWidenedAndNotNarrowed() {
        Density density = new Density(new double[] {4, 4});

        assertThat(density.at(4)).isCloseTo(1 / (1e-3 * ROOT_TWO_PI), within(1e-9));
        assertThat(density.noNarrowerThan(0.5).at(4)).isCloseTo(1 / (0.5 * ROOT_TWO_PI), within(1e-12));
        assertThat(density.noNarrowerThan(1e-6).at(4)).isEqualTo(density.at(4));
    }

    @Test
    void noSamplesHaveNoDensity() {
        assertThatThrownBy(() -> new Density(new double[0])).hasMessageContaining("samples (0)");
    }
}
