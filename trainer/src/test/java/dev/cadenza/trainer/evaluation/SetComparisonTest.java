package dev.cadenza.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SetComparisonTest {
    /** The width of the kernel of one sample: its density is a normal of that deviation. */
    private static final double WIDTH = 1e-3;

    private static double[] normal(int count, double mean, double deviation, long seed) {
        Random random = new Random(seed);
        double[] samples = new double[count];
        Arrays.setAll(samples, i -> mean + deviation * random.nextGaussian());
        return samples;
    }

    private static SetComparison.Figure compare(double[] people, double[] between) {
        return SetComparison.compare(new Density(people), new Density(between));
    }

    private static Excerpt note(int pitch) {
        return Excerpts.of(100, new int[] {0, 60, 64, 10}, new int[] {100, pitch, 64, 10});
    }

    @Test
    void equalSetsOverlapWhollyAndDivergeNowhere() {
        for (double[] samples : List.of(normal(300, 5, 2, 1), new double[] {3, 3, 3}, new double[] {0, 0, 1, 40})) {
            SetComparison.Figure figure = compare(samples, samples);
            assertThat(figure.overlap()).isCloseTo(1, within(1e-5));
            assertThat(figure.kl()).isZero();
        }
    }

    /** N(0, s) and N(d, s): the overlap is 2 Phi(-d / 2s), KL is d^2 / 2 s^2. */
    @Test
    void shiftedNormalsComeOutAsByTheirFormulae() {
        SetComparison.Figure oneApart = compare(new double[] {0}, new double[] {WIDTH});
        assertThat(oneApart.overlap()).isCloseTo(0.617075, within(1e-4));
        assertThat(oneApart.kl()).isCloseTo(0.5, within(1e-4));

        SetComparison.Figure twoApart = compare(new double[] {7}, new double[] {7 - 2 * WIDTH});
        assertThat(twoApart.overlap()).isCloseTo(0.317311, within(1e-4));
        assertThat(twoApart.kl()).isCloseTo(2, within(1e-4));
    }

    /**
     * Kernels widen what is drawn: its variance is 1 + 3000^(-2/5). The tolerances are for the drawing, and for tails that
     * are thinner than a normal's.
     */
    @Test
    void drawnNormalsComeOutNearTheirFormulae() {
        double deviation = Math.sqrt(1 + Math.pow(3000, -0.4));
        SetComparison.Figure figure = compare(normal(3000, 0, 1, 1), normal(3000, deviation, 1, 2));

        assertThat(figure.overlap()).isCloseTo(0.617, within(0.02));
        assertThat(figure.kl()).isCloseTo(0.5, within(0.1));
    }

    /** N(0, s) against N(0, 2s): ln 2 + 1/8 - 1/2 one way, -ln 2 + 2 - 1/2 the other. */
    @Test
    void klIsThatOfPeopleFromTheOthers() {
        Density narrow = new Density(new double[] {0}).noNarrowerThan(1);
        Density wide = new Density(new double[] {0}).noNarrowerThan(2);

        assertThat(SetComparison.compare(narrow, wide).kl()).isCloseTo(0.318147, within(1e-3));
        // Densities under 1e-12 count as that, which the narrow one's are from 7 on.
        assertThat(SetComparison.compare(wide, narrow).kl()).isCloseTo(0.806853, within(1e-2));
        assertThat(SetComparison.compare(narrow, wide).overlap())
                .isCloseTo(SetComparison.compare(wide, narrow).overlap(), within(1e-9));
    }

    @Test
    void aDensityNarrowerThanAStepOfTheGridIsSeen() {
        for (double apart : new double[] {0.02, 1, 3.7, 5000}) {
            SetComparison.Figure figure = compare(new double[] {2, 2, 2}, new double[] {2 + apart, 2 + apart});
            assertThat(figure.overlap()).as("%s apart", apart).isLessThan(1e-3);
            assertThat(figure.kl()).as("%s apart", apart).isBetween(15.0, 40.0);
        }
        double[] wide = normal(400, 0, 100, 5);
        for (double place = -50; place < 50; place += 1.7) {
            SetComparison.Figure figure = compare(new double[] {place}, wide);
            // The density at the place, about 1/300, on a normal of about a step, some 2.
            assertThat(figure.kl()).as("at %s", place).isBetween(2.0, 8.0);
            assertThat(figure.overlap()).as("at %s", place).isBetween(1e-3, 0.1);
        }
    }

    @Test
    void distancesWithinPeopleAreHeldAgainstThoseBetweenTheSets() {
        // Ranges 2, 4 and 4: distances of people 2, 2, 0; to a range of 5: 3, 1, 1.
        List<Excerpt> people = List.of(note(62), note(64), note(56));
        SetComparison comparison = SetComparison.of(people, List.of(note(65)));

        SetComparison.Figure expected = compare(new double[] {2, 2, 0}, new double[] {3, 1, 1});
        assertThat(comparison.figure(PieceFeatures.PITCH_RANGE)).isEqualTo(expected);
        // All pieces have two pitches.
        assertThat(comparison.figure(PieceFeatures.PITCH_COUNT).overlap()).isCloseTo(1, within(1e-5));
        assertThat(comparison.figure(PieceFeatures.PITCH_COUNT).kl()).isZero();
    }

    @Test
    void setsOfOnePieceOverAndOverAreTheSame() {
        List<Excerpt> set = List.of(note(62), note(62), note(62));
        SetComparison comparison = SetComparison.of(set, set);

        assertThat(comparison.meanOverlap()).isCloseTo(1, within(1e-5));
        assertThat(comparison.meanKl()).isCloseTo(0, within(1e-12));
    }

    @Test
    void meansAreThoseOfTheNine() {
        SetComparison comparison = SetComparison.of(List.of(note(62), note(64), note(70)), List.of(note(65), note(49)));
        double overlap = 0;
        double kl = 0;
        for (PieceFeatures feature : PieceFeatures.all()) {
            overlap += comparison.figure(feature).overlap();
            kl += comparison.figure(feature).kl();
        }

        assertThat(PieceFeatures.all()).hasSize(9);
        assertThat(comparison.meanOverlap()).isCloseTo(overlap / 9, within(1e-12));
        assertThat(comparison.meanKl()).isCloseTo(kl / 9, within(1e-12));
    }
}
