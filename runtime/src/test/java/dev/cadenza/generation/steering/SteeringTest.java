package dev.cadenza.generation.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SteeringTest {
    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.001, Double.NaN})
    void topP(double topP) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Steering.NONE.withTopP(topP))
                .withMessageStartingWith("topP (" + topP + ")");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.001, Double.NaN})
    void minP(double minP) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Steering.NONE.withMinP(minP))
                .withMessageStartingWith("minP (" + minP + ")");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.49, 40.1, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void density(double density) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Steering.NONE.withDensity(density))
                .withMessageStartingWith("density (" + density + ")");
    }

    @Test
    void ranges() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Steering.Range(5, 4));
        int[][] wrong = {{20, 60}, {60, 109}, {60, 70}};
        for (int[] range : wrong) {
            Steering.Range pitches = new Steering.Range(range[0], range[1]);
            assertThatIllegalArgumentException().isThrownBy(() -> Steering.NONE.withPitches(pitches));
        }
        assertThat(Steering.NONE
                        .withPitches(new Steering.Range(60, 71))
                        .pitches()
                        .contains(71))
                .isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> Steering.NONE.withVelocities(new Steering.Range(0, 10)));
        assertThatIllegalArgumentException().isThrownBy(() -> Steering.NONE.withVelocities(new Steering.Range(1, 128)));
        assertThat(Steering.NONE.withVelocities(new Steering.Range(9, 9)).isNeutral())
                .isFalse();
    }

    @Test
    void onlyGuardsAreNeutral() {
        assertThat(Steering.NONE.isNeutral()).isTrue();
        assertThat(Steering.NONE.withGuards(Guards.OFF).isNeutral()).isTrue();
        assertThat(Steering.NONE.withTopP(.9).isNeutral()).isFalse();
        assertThat(Steering.NONE.withMinP(.1).isNeutral()).isFalse();
        assertThat(Steering.NONE.withDensity(9).isNeutral()).isFalse();
        assertThat(Steering.NONE.withKey(new Tonality(0, false), false).isNeutral())
                .isFalse();
    }
}
