package dev.cadenza.trainer.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.roll.head.HeadArrays;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RollLikelihoodTest {
    @ParameterizedTest
    @ValueSource(doubles = {-20, -3.5, -1, -1e-3, 0, 1e-3, 0.7, 2, 5, 20})
    void natsAreThoseOfTheLogisticFunction(double logit) {
        double probability = 1 / (1 + Math.exp(-logit));

        assertThat(HeadArrays.nats(logit, true)).isCloseTo(-Math.log(probability), within(1e-12));
        assertThat(Math.exp(-HeadArrays.nats(logit, true)) + Math.exp(-HeadArrays.nats(logit, false)))
                .isCloseTo(1, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {40, 800, 1e6, Double.MAX_VALUE})
    void farFromZeroNatsAreTheLogitOrNothing(double logit) {
        assertThat(HeadArrays.nats(logit, false)).isEqualTo(logit);
        assertThat(HeadArrays.nats(-logit, true)).isEqualTo(logit);
        assertThat(HeadArrays.nats(logit, true)).isEqualTo(Math.exp(-logit));
        assertThat(HeadArrays.nats(-logit, false)).isEqualTo(Math.exp(-logit));
    }

    @Test
    void saysWhatAStepCosts() {
        RollLikelihood likelihood = new RollLikelihood(30, 4);

        assertThat(likelihood.perStep()).isEqualTo(-7.5);
        assertThat(likelihood).hasToString("7.5000 nats per step over 4 steps");
        assertThat(likelihood.toJson().path("nll_nats_per_step").asDouble()).isEqualTo(7.5);
        assertThat(likelihood.toJson().path("steps").asLong()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(RollArchitecture.class)
    void rollsAreMeasuredByThemselvesWhateverIsBesideThem(RollArchitecture architecture) {
        MultiLayerNetwork network = DrawnRolls.network(architecture);
        List<PianoRoll> rolls = DrawnRolls.drawn(new Random(6), 3, 70, 1, 12, 64, 5);
        double sum = 0;
        List<Double> ones = new ArrayList<>();
        for (PianoRoll roll : rolls) {
            RollLikelihood one = RollLikelihood.measure(network, architecture, List.of(roll), 1, steps -> {});
            assertThat(one.steps()).isEqualTo(roll.steps());
            ones.add(one.perStep());
            sum += one.nats();
        }
        ConcurrentLinkedQueue<Long> told = new ConcurrentLinkedQueue<>();
        RollLikelihood single = RollLikelihood.measure(network, architecture, rolls, 1, told::add);
        RollLikelihood threaded = RollLikelihood.measure(network, architecture, rolls, 3, steps -> {});

        assertThat(single.nats()).isCloseTo(sum, within(1e-5 * sum));
        assertThat(threaded.nats()).isCloseTo(single.nats(), within(1e-9 * sum));
        assertThat(single.steps()).isEqualTo(155);
        assertThat(told).last().isEqualTo(155L);
        assertThat(ones).doesNotHaveDuplicates().allMatch(value -> value < -5);
    }

    @Test
    void aNetworkOfAnotherArchitectureIsTold() {
        MultiLayerNetwork network = DrawnRolls.network(RollArchitecture.LSTM);
        List<PianoRoll> rolls = DrawnRolls.drawn(new Random(6), 3);

        assertThatThrownBy(() -> RollLikelihood.measure(network, RollArchitecture.BALSTM, rolls, 2, steps -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }
}
