package dev.cadenza.trainer.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.pianoroll.PianoRoll;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RollBaselinesTest {
    private static final double EXACT = 1e-10;

    @Test
    void fairCoinsCostTheLogarithmOfTwoForEachKey() {
        assertThat(RollBaselines.random()).isCloseTo(-88 * Math.log(2), within(EXACT));
        assertThat(RollBaselines.random()).isCloseTo(-60.997, within(1e-3));
    }

    @Test
    void bernoulliCountsStepsByKeyUnderLaplacesRule() {
        // Key 0 in both of two steps, key 1 in one, no other: 3/4, 2/4 and 1/4.
        List<PianoRoll> training = List.of(DrawnRolls.of(new int[] {0}), DrawnRolls.of(new int[] {0, 1}));
        PianoRoll oneStep = DrawnRolls.of(new int[] {0, 2});
        PianoRoll twoSteps = DrawnRolls.of(new int[] {1}, new int[] {});
        double first = Math.log(3 / 4.0) + Math.log(2 / 4.0) + Math.log(1 / 4.0) + 85 * Math.log(3 / 4.0);
        double second = Math.log(1 / 4.0) + Math.log(2 / 4.0) + 86 * Math.log(3 / 4.0);
        double third = Math.log(1 / 4.0) + Math.log(2 / 4.0) + 86 * Math.log(3 / 4.0);

        assertThat(RollBaselines.bernoulli(training, List.of(oneStep))).isCloseTo(first, within(EXACT));
        assertThat(RollBaselines.bernoulli(training, List.of(oneStep, twoSteps)))
                .isCloseTo((first + second + third) / 3, within(EXACT));
    }

    @Test
    void markovCountsWhatFollowsSoundAndSilenceUnderLaplacesRule() {
        // Key 0 after silence: on, off, so 2/4; after sound: on, so 2/3. Others are silent three times: 1/5.
        List<PianoRoll> training = List.of(DrawnRolls.of(new int[] {0}, new int[] {0}), DrawnRolls.of(new int[] {}));
        PianoRoll endsInSound = DrawnRolls.of(new int[] {0}, new int[] {}, new int[] {0, 5});
        PianoRoll beginsAfresh = DrawnRolls.of(new int[] {});
        double begins = Math.log(2 / 4.0) + 87 * Math.log(4 / 5.0);
        double falls = Math.log(1 / 3.0) + 87 * Math.log(4 / 5.0);
        double risesWithFive = Math.log(2 / 4.0) + Math.log(1 / 5.0) + 86 * Math.log(4 / 5.0);
        double staysSilent = Math.log(2 / 4.0) + 87 * Math.log(4 / 5.0);

        assertThat(RollBaselines.markov(training, List.of(endsInSound)))
                .isCloseTo((begins + falls + risesWithFive) / 3, within(EXACT));
        assertThat(RollBaselines.markov(training, List.of(endsInSound, beginsAfresh)))
                .isCloseTo((begins + falls + risesWithFive + staysSilent) / 4, within(EXACT));
    }

    @Test
    void withoutTrainingEveryKeyIsAFairCoin() {
        List<PianoRoll> rolls = DrawnRolls.drawn(new Random(1), 5, 9);

        assertThat(RollBaselines.bernoulli(List.of(), rolls)).isCloseTo(RollBaselines.random(), within(EXACT));
        assertThat(RollBaselines.markov(List.of(), rolls)).isCloseTo(RollBaselines.random(), within(EXACT));
    }
}
