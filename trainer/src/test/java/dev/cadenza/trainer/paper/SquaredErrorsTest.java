package dev.cadenza.trainer.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SquaredErrorsTest {
    @Test
    void givesMseAndSnrOfAHandWorkedCase() {
        SquaredErrors errors = new SquaredErrors(1000, 4000);
        errors.add(new float[] {0.5f, 0.5f, 0.5f}, new float[] {1f, 0.5f, 0.25f}, 2000);
        errors.add(new float[] {0f, 0.25f, 0.5f}, new float[] {0f, 0.75f, 0.5f}, 0);

        // (0.25 + 0.0625 + 0.25) / 6 and 10 log10((1 + 0.25 + 0.0625 + 0.5625 + 0.25) / 0.5625)
        assertThat(errors.mse()).isCloseTo(0.09375, within(1e-12));
        assertThat(errors.mse(0)).isCloseTo(0.125, within(1e-12));
        assertThat(errors.snrDecibels()).isCloseTo(10 * Math.log10(2.125 / 0.5625), within(1e-9));
        // Over the longest interval the first prediction is 0.5 x 1000 / 4000 against 2000 / 4000.
        assertThat(errors.mseByLongest()).isCloseTo((0.375 * 0.375 + 0.3125) / 6, within(1e-12));
        assertThat(errors.snrDecibelsByLongest())
                .isCloseTo(10 * Math.log10((0.25 + 1.125) / (0.375 * 0.375 + 0.3125)), within(1e-9));
    }
}
