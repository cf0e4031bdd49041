package dev.cadenza.trainer.roll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.pianoroll.PianoRoll;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyFeaturesTest {
    private static final int KEYS = PianoRoll.KEYS;
    private static final int OWN = KeyFeatures.VICINITY_COLUMN + KeyFeatures.VICINITY;
    private static final int LOWEST_C = 3;

    /** By key, its columns. */
    private static float[][] written(PianoRoll roll, int step, int shift) {
        float[] columns = new float[KEYS * KeyFeatures.WIDTH];
        KeyFeatures.write(roll, step, shift, columns, 0, KEYS);
        float[][] byKey = new float[KEYS][KeyFeatures.WIDTH];
        for (int key = 0; key < KEYS; key++) {
            for (int column = 0; column < KeyFeatures.WIDTH; column++) {
                byKey[key][column] = columns[key + column * KEYS];
            }
        }
        return byKey;
    }

    private static float[] part(float[] columns, int from, int count) {
        return Arrays.copyOfRange(columns, from, from + count);
    }

    @Test
    void positionRisesFromZeroToOne() {
        float[][] features = written(DrawnRolls.of(new int[] {40}), 0, 0);

        assertThat(features[0][0]).isZero();
        assertThat(features[29][0]).isEqualTo(1 / 3f);
        assertThat(features[87][0]).isEqualTo(1);
    }

    @Test
    void theOneClassOfAKeyIsMarked() {
        float[][] features = written(DrawnRolls.of(new int[] {40}), 0, 0);
        float[] a = {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0};
        float[] c = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

        assertThat(KeyFeatures.pitchClass(0)).isEqualTo(9);
        assertThat(part(features[0], 1, 12)).isEqualTo(a);
        assertThat(part(features[84], 1, 12)).isEqualTo(a);
        assertThat(part(features[LOWEST_C], 1, 12)).isEqualTo(c);
        assertThat(part(features[87], 1, 12)).isEqualTo(c);
    }

    @Test
    void theVicinityEndsWithTheKeyboard() {
        float[][] features = written(DrawnRolls.of(new int[] {0, 5, 87}), 1, 0);
        float[] lowest = new float[25];
        lowest[12] = 1;
        lowest[17] = 1;
        float[] highest = new float[25];
        highest[12] = 1;
        float[] octaveAboveTheLowest = new float[25];
        octaveAboveTheLowest[0] = 1;
        octaveAboveTheLowest[5] = 1;
        float[] octaveBelowTheHighest = new float[25];
        octaveBelowTheHighest[24] = 1;

        assertThat(part(features[0], KeyFeatures.VICINITY_COLUMN, 25)).isEqualTo(lowest);
        assertThat(part(features[87], KeyFeatures.VICINITY_COLUMN, 25)).isEqualTo(highest);
        assertThat(part(features[12], KeyFeatures.VICINITY_COLUMN, 25)).isEqualTo(octaveAboveTheLowest);
        assertThat(part(features[75], KeyFeatures.VICINITY_COLUMN, 25)).isEqualTo(octaveBelowTheHighest);
        assertThat(part(features[74], KeyFeatures.VICINITY_COLUMN, 25)).containsOnly(0);
    }

    @Test
    void theVicinityIsTheStepBefore() {
        PianoRoll roll = DrawnRolls.drawn(4, new Random(2));
        for (int step = 0; step < 4; step++) {
            float[][] features = written(roll, step, 0);
            for (int key = 0; key < KEYS; key++) {
                for (int offset = -12; offset <= 12; offset++) {
                    int other = key + offset;
                    boolean sounds = step > 0 && other >= 0 && other < KEYS && roll.on(step - 1, other);
                    assertThat(features[key][OWN + offset])
                            .as("step %d, key %d%+d", step, key, offset)
                            .isEqualTo(sounds ? 1 : 0);
                }
            }
        }
    }

    @Test
    void theContextCountsSoundingKeysByTheirIntervalAboveTheKey() {
        // Two Cs and an E.
        float[][] features = written(DrawnRolls.of(new int[] {LOWEST_C, LOWEST_C + 24, LOWEST_C + 16}), 1, 0);

        assertThat(part(features[LOWEST_C + 36], KeyFeatures.CONTEXT_COLUMN, 12))
                .containsExactly(2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0);
        assertThat(part(features[0], KeyFeatures.CONTEXT_COLUMN, 12))
                .containsExactly(0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0);
        assertThat(part(features[LOWEST_C + 4], KeyFeatures.CONTEXT_COLUMN, 12))
                .containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0, 0", "1, 1, 0, 0, 0", "5, 1, 0, 1, 0", "8, 0, 0, 0, 1", "15, 1, 1, 1, 1", "16, 0, 0, 0, 0"})
    void theBeatIsTheStepsPlaceAmongSixteenLowestBitFirst(int step, float one, float two, float four, float eight) {
        float[][] features = written(DrawnRolls.drawn(20, new Random(3)), step, 0);

        for (float[] key : features) {
            assertThat(part(key, KeyFeatures.BEAT_COLUMN, 4)).containsExactly(one, two, four, eight);
        }
    }

    @Test
    void beforeTheFirstStepNothingSounds() {
        for (float[] key : written(DrawnRolls.of(new int[] {0, 40, 87}), 0, 0)) {
            assertThat(part(key, KeyFeatures.VICINITY_COLUMN, 25 + 12)).containsOnly(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-12, -1, 0, 3, 12})
    void aTransposedRollIsSeenAsItWouldBeWritten(int shift) {
        PianoRoll roll = DrawnRolls.drawn(1, new Random(4));
        PianoRoll.Builder transposed = new PianoRoll.Builder(1);
        for (int key = 0; key < KEYS; key++) {
            if (roll.on(0, key) && key + shift >= 0 && key + shift < KEYS) {
                transposed.on(0, key + shift);
            }
        }

        assertThat(written(roll, 1, shift)).isDeepEqualTo(written(transposed.build(), 1, 0));
    }

    @Test
    void writesItsOwnPlacesAlone() {
        int at = 5;
        int stride = KEYS + 7;
        float[] columns = new float[at + KeyFeatures.WIDTH * stride];
        KeyFeatures.write(DrawnRolls.drawn(1, new Random(5)), 1, 0, columns, at, stride);
        float[][] expected = written(DrawnRolls.drawn(1, new Random(5)), 1, 0);

        for (int i = 0; i < columns.length; i++) {
            int key = (i - at) % stride;
            boolean own = i >= at && key < KEYS;
            assertThat(columns[i]).as("place %d", i).isEqualTo(own ? expected[key][(i - at) / stride] : 0);
        }
    }
}
