package dev.cadenza.trainer.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class TrainingBenchTest {
    @Test
    void everyFigureIsMeasuredAndExplained() {
        List<Integer> rounds = new ArrayList<>();
        Map<String, Double> figures = TrainingBench.run(new TrainingBench.Size(16, 4, 6, 2), rounds::add);

        assertThat(rounds).containsExactly(1, 2, 3);
        assertThat(figures.keySet())
                .allSatisfy(
                        name -> assertThat(TrainingBench.meaning(name)).as(name).isNotEmpty());
        assertThat(figure(figures, "mflop_per_note")).isCloseTo(3 * 8 * 16 * 19 / 1e6, within(1e-12));
        assertThat(figure(figures, "fused_gflops_1"))
                .isCloseTo(
                        figure(figures, "fused_notes_per_s_1") * figure(figures, "mflop_per_note") / 1e3, within(1e-9));
        assertThat(figure(figures, "share_of_sgemm_1"))
                .isCloseTo(figure(figures, "fused_gflops_1") / figure(figures, "sgemm_gflops_1"), within(1e-9));
        if (figure(figures, "cores") >= 2) {
            assertThat(figures)
                    .allSatisfy((name, value) -> assertThat(value).as(name).isPositive());
        }
    }

    private static double figure(Map<String, Double> figures, String name) {
        return Objects.requireNonNull(figures.get(name), name);
    }

    @Test
    void takesTheMiddleOfTheRounds() {
        assertThat(TrainingBench.median(new double[] {5, 1, 3})).isEqualTo(3);
        assertThat(TrainingBench.median(new double[] {4, 1, 3, 9})).isEqualTo(3.5);
    }

    @Test
    void refusesSizesByName() {
        assertThatThrownBy(() -> new TrainingBench.Size(0, 1, 1, 1)).hasMessage("hidden (0) must be in 1..4096");
        assertThatThrownBy(() -> new TrainingBench.Size(1, 1, 1, 0)).hasMessage("rounds (0) must be in 1..10000");
    }
}
