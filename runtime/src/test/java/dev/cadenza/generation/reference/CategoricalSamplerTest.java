package dev.cadenza.generation.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.generation.step.Noise;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CategoricalSamplerTest {
    private static final float NONE = CategoricalSampler.MASKED;

    /** ln of .4 .3 .2 .1, in another order. */
    private static final float[] LOGITS = {ln(.2), ln(.4), ln(.1), ln(.3)};

    private static float ln(double probability) {
        return (float) Math.log(probability);
    }

    private static float[] probabilities(float temperature, float topP, float minP, float[] logits) {
        return new CategoricalSampler(temperature, topP, minP).probabilities(logits, new float[logits.length], 0);
    }

    private static int choose(float temperature, float[] logits, float[] bias, float[] noise) {
        return new CategoricalSampler(temperature, 1, 0).choose(logits, bias, 0, noise, 0);
    }

    @Test
    void keepsTheFewestThatMakeUpTopP() {
        assertThat(probabilities(1, 1, 0, LOGITS)).containsExactly(new float[] {.2f, .4f, .1f, .3f}, within(1e-6f));
        assertThat(probabilities(1, .95f, 0, LOGITS)).containsExactly(new float[] {.2f, .4f, .1f, .3f}, within(1e-6f));
        assertThat(probabilities(1, .8f, 0, LOGITS))
                .containsExactly(new float[] {2 / 9f, 4 / 9f, 0, 3 / 9f}, within(1e-6f));
        assertThat(probabilities(1, .5f, 0, LOGITS)).containsExactly(new float[] {0, 4 / 7f, 0, 3 / 7f}, within(1e-6f));
        assertThat(probabilities(1, .1f, 0, LOGITS)).containsExactly(0, 1, 0, 0);
        assertThat(probabilities(1, 0, 0, LOGITS)).containsExactly(0, 1, 0, 0);
    }

    @Test
    void keepsNoneLessLikelyThanMinPOfTheLikeliest() {
        assertThat(probabilities(1, 1, .2f, LOGITS)).containsExactly(new float[] {.2f, .4f, .1f, .3f}, within(1e-6f));
        assertThat(probabilities(1, 1, .45f, LOGITS))
                .containsExactly(new float[] {2 / 9f, 4 / 9f, 0, 3 / 9f}, within(1e-6f));
        assertThat(probabilities(1, 1, 1, LOGITS)).containsExactly(0, 1, 0, 0);
        assertThat(probabilities(1, .5f, .9f, LOGITS)).containsExactly(0, 1, 0, 0);
        assertThat(probabilities(1, 1, 7, LOGITS)).containsExactly(0, 1, 0, 0);
    }

    @Test
    void temperatureComesBeforeTheCut() {
        // At temperature 2 they are as their roots, at 1/2 as their squares.
        float[] hot = probabilities(2, 1, 0, LOGITS);
        assertThat(hot[1] / hot[2]).isCloseTo(2, within(1e-5f));
        float[] cool = probabilities(.5f, 1, 0, LOGITS);
        assertThat(cool[1] / cool[2]).isCloseTo(16, within(1e-4f));
        assertThat(probabilities(2, 1, .45f, LOGITS)).doesNotContain(0);
        assertThat(probabilities(0, 1, 0, LOGITS)).containsExactly(0, 1, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"1,1,0", "0.6,1,0", "1.7,0.7,0", "1,1,0.3"})
    void gumbelNoiseDrawsInProportion(float temperature, float topP, float minP) {
        Random random = new Random(3);
        int choices = 20;
        float[] logits = new float[choices];
        float[] bias = new float[choices + 2];
        for (int choice = 0; choice < choices; choice++) {
            logits[choice] = (float) random.nextGaussian();
            bias[2 + choice] = choice % 5 == 0 ? 1 : 0;
        }
        logits[7] = NONE;
        bias[2 + 9] = -1e9f;
        CategoricalSampler sampler = new CategoricalSampler(temperature, topP, minP);
        float[] expected = sampler.probabilities(logits, bias, 2);
        int draws = 40_000;
        int[] counts = new int[choices];
        Noise noise = new Noise(11);
        float[] row = new float[choices + 3];
        for (int draw = 0; draw < draws; draw++) {
            noise.fill(Noise.Distribution.GUMBEL, draw, row, 3, choices);
            counts[sampler.choose(logits, bias, 2, row, 3)]++;
        }
        double distance = 0;
        for (int choice = 0; choice < choices; choice++) {
            if (expected[choice] == 0) {
                assertThat(counts[choice]).isZero();
            } else {
                double mean = expected[choice] * (double) draws;
                distance += (counts[choice] - mean) * (counts[choice] - mean) / mean;
            }
        }
        assertThat(counts[7] + counts[9]).isZero();
        // 17 degrees of freedom at most: 1 in 5,000.
        assertThat(distance).isLessThan(45);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, .3f, 1, 2})
    void whatIsForbiddenIsTakenBeforeWhatIsNoChoice(float temperature) {
        float[] logits = {NONE, -3, NONE, 5};
        assertThat(choose(temperature, logits, new float[] {0, 0, 0, -1e9f}, new float[] {9, 0, 9, 9}))
                .isEqualTo(1);
        assertThat(choose(temperature, logits, new float[] {1e6f, -1e9f, 1e6f, -1e9f}, new float[4]))
                .isIn(1, 3);
        assertThat(choose(temperature, new float[] {NONE, NONE}, new float[2], new float[2]))
                .isZero();
    }

    @Test
    void noiseMeansNothingAtTemperatureZeroAndTheFirstOfEqualsIsTaken() {
        float[] noise = {0, 0, Float.POSITIVE_INFINITY, 0};
        assertThat(choose(0, LOGITS, new float[4], noise)).isEqualTo(1);
        assertThat(choose(1, LOGITS, new float[4], noise)).isEqualTo(2);
        assertThat(choose(0, new float[] {1, 2, 2, 2}, new float[4], noise)).isEqualTo(1);
        assertThat(choose(1, new float[] {1, 1, 1}, new float[3], new float[3])).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> new CategoricalSampler(Float.NaN, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new CategoricalSampler(-1, 1, 0));
    }
}
