package dev.cadenza.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class PieceFeaturesTest {
    private static final Offset<Double> EXACTLY = within(1e-12);

    /** C4 E4 G4 C4 C5 in 2 s; lengths of 0.5, 0.5, 0.25, 1 and 20 s: classes 6, 6, 4, 7 and 11. */
    private static final Excerpt FIVE = Excerpts.of(
            100,
            new int[] {999, 60, 64, 50},
            new int[] {50, 64, 64, 50},
            new int[] {50, 67, 64, 25},
            new int[] {25, 60, 64, 100},
            new int[] {75, 72, 64, 2000});

    /** All 0 but some places, each a place and its value. */
    private static double[] zeroBut(int length, double[]... set) {
        double[] values = new double[length];
        for (double[] placed : set) {
            values[(int) placed[0]] = placed[1];
        }
        return values;
    }

    @Test
    void pitchesOfFiveNotes() {
        assertThat(PieceFeatures.PITCH_COUNT.of(FIVE)).containsExactly(4);
        assertThat(PieceFeatures.PITCH_RANGE.of(FIVE)).containsExactly(12);
        // 4, 3, 7 and 12 semitones.
        assertThat(PieceFeatures.PITCH_INTERVAL.of(FIVE)).containsExactly(6.5);
    }

    @Test
    void pitchClassesOfFiveNotes() {
        assertThat(PieceFeatures.PITCH_CLASS_HISTOGRAM.of(FIVE))
                .containsExactly(
                        zeroBut(12, new double[] {0, 0.6}, new double[] {4, 0.2}, new double[] {7, 0.2}), EXACTLY);
        // C E, E G, G C, C C: row x 12 + column.
        assertThat(PieceFeatures.PITCH_CLASS_TRANSITIONS.of(FIVE))
                .containsExactly(
                        zeroBut(
                                144,
                                new double[] {4, 0.25},
                                new double[] {4 * 12 + 7, 0.25},
                                new double[] {7 * 12, 0.25},
                                new double[] {0, 0.25}),
                        EXACTLY);
    }

    @Test
    void timesOfFiveNotes() {
        assertThat(PieceFeatures.NOTE_DENSITY.of(FIVE)).containsExactly(2);
        assertThat(PieceFeatures.INTER_ONSET.of(FIVE)).containsExactly(0.5);
    }

    @Test
    void lengthsOfFiveNotes() {
        assertThat(PieceFeatures.LENGTH_HISTOGRAM.of(FIVE))
                .containsExactly(
                        zeroBut(12, new double[] {6, 0.4}, new double[] {4, 0.2}, new double[] {7, 0.2}, new double[] {
                            11, 0.2
                        }),
                        EXACTLY);
        // 6 6, 6 4, 4 7, 7 11.
        assertThat(PieceFeatures.LENGTH_TRANSITIONS.of(FIVE))
                .containsExactly(
                        zeroBut(
                                144,
                                new double[] {6 * 12 + 6, 0.25},
                                new double[] {6 * 12 + 4, 0.25},
                                new double[] {4 * 12 + 7, 0.25},
                                new double[] {7 * 12 + 11, 0.25}),
                        EXACTLY);
    }

    /** A class is 0.03 s x (8 / 0.03)^(k / 12) and on: 0.0478 s, 0.0761 s, .., 5.023 s. */
    @Test
    void lengthClassesAreOfEqualWidthOnALogarithmicAxis() {
        assertThat(Arrays.stream(new double[] {0, 0.001, 0.03, 0.0477, 0.0479, 0.0760, 0.0762})
                        .mapToInt(PieceFeatures::lengthClass))
                .containsExactly(0, 0, 0, 0, 1, 1, 2);
        assertThat(Arrays.stream(new double[] {0.489, 0.491, 5.02, 5.03, 8, 100})
                        .mapToInt(PieceFeatures::lengthClass))
                .containsExactly(5, 6, 10, 11, 11, 11);
    }

    @Test
    void aChordTakesNoTime() {
        Excerpt chord = Excerpts.of(100, new int[] {0, 60, 64, 50}, new int[] {0, 64, 64, 50});

        assertThat(PieceFeatures.INTER_ONSET.of(chord)).containsExactly(0);
        assertThat(PieceFeatures.NOTE_DENSITY.of(chord)).containsExactly(1000);
    }

    @Test
    void distancesAreEuclids() {
        assertThat(PieceFeatures.distance(new double[] {1, 2, 3}, new double[] {1, 5, 7}))
                .isEqualTo(5);
    }

    @Test
    void oneNoteHasNoFeatures() {
        assertThatThrownBy(() -> PieceFeatures.PITCH_COUNT.of(FIVE.part(0, 1))).hasMessageContaining("notes (1)");
    }
}
