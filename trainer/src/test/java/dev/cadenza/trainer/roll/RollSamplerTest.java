package dev.cadenza.trainer.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.roll.head.HeadArrays;
import dev.cadenza.trainer.roll.head.KeyWalk;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RollSamplerTest {
    /** Decides every key as a roll has it, and adds up what that costs. */
    private static final class Forced implements KeyWalk.Choice {
        private final PianoRoll roll;
        private int asked;
        private double nats;

        Forced(PianoRoll roll) {
            this.roll = roll;
        }

        @Override
        public boolean sounds(int key, double logit) {
            assertThat(key).isEqualTo(asked % PianoRoll.KEYS);
            boolean on = roll.on(asked / PianoRoll.KEYS, key);
            asked++;
            nats += HeadArrays.nats(logit, on);
            return on;
        }
    }

    @ParameterizedTest
    @EnumSource(RollArchitecture.class)
    void playingARollCostsWhatMeasuringItDoes(RollArchitecture architecture) {
        MultiLayerNetwork network = DrawnRolls.network(architecture);
        PianoRoll roll = DrawnRolls.drawn(70, new Random(8));
        Forced forced = new Forced(roll);

        assertThat(RollSampler.play(network, architecture, 70, forced)).isEqualTo(roll);
        RollLikelihood measured = RollLikelihood.measure(network, architecture, List.of(roll), 1, steps -> {});
        assertThat(forced.asked).isEqualTo(70 * 88);
        assertThat(forced.nats).isCloseTo(measured.nats(), within(1e-5 * measured.nats()));
    }

    @ParameterizedTest
    @EnumSource(RollArchitecture.class)
    void aSeedDrawsTheSameRollAgain(RollArchitecture architecture) {
        MultiLayerNetwork network = DrawnRolls.network(architecture);
        PianoRoll roll = RollSampler.sample(network, architecture, 20, 1, 5);

        assertThat(roll.steps()).isEqualTo(20);
        assertThat(roll.highestKey()).isNotNegative();
        assertThat(RollSampler.sample(network, architecture, 20, 1, 5)).isEqualTo(roll);
        assertThat(RollSampler.sample(network, architecture, 20, 1, 6)).isNotEqualTo(roll);
    }

    @ParameterizedTest
    @EnumSource(RollArchitecture.class)
    void theColderTheLikelier(RollArchitecture architecture) {
        MultiLayerNetwork network = DrawnRolls.network(architecture);
        PianoRoll coldest = RollSampler.sample(network, architecture, 20, 1e-6, 5);
        PianoRoll likeliest = RollSampler.play(network, architecture, 20, (key, logit) -> logit > 0);
        PianoRoll hottest = RollSampler.sample(network, architecture, 100, 1e6, 5);
        long sounding = 0;
        for (int step = 0; step < hottest.steps(); step++) {
            sounding += hottest.sounding(step);
        }

        assertThat(coldest).isEqualTo(likeliest);
        assertThat(sounding / (100.0 * 88)).isCloseTo(0.5, within(0.02));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void refusesATemperatureThatIsNotAboveZero(double temperature) {
        MultiLayerNetwork network = DrawnRolls.network(RollArchitecture.LSTM);

        assertThatThrownBy(() -> RollSampler.sample(network, RollArchitecture.LSTM, 1, temperature, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("temperature (" + temperature + ") must be above 0");
    }

    @Test
    void playsNoStepWhenNoneIsAskedFor() {
        MultiLayerNetwork network = DrawnRolls.network(RollArchitecture.LSTM);

        assertThat(RollSampler.sample(network, RollArchitecture.LSTM, 0, 1, 1).steps())
                .isZero();
    }
}
