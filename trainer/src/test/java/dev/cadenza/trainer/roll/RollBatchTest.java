package dev.cadenza.trainer.roll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.roll.head.NadeHead;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

final class RollBatchTest {
    private static final int KEYS = PianoRoll.KEYS;
    private static final int STEPS = 5;

    private final PianoRoll first = DrawnRolls.drawn(12, new Random(1));
    private final PianoRoll second = DrawnRolls.drawn(7, new Random(2));

    private static boolean sounds(PianoRoll roll, int step, int key) {
        return key >= 0 && key < KEYS && step < roll.steps() && roll.on(step, key);
    }

    /** The first roll from its third step on, the second from its fifth, of which there are three steps. */
    private RollBatch batch(RollArchitecture architecture, int columns, int shift) {
        RollBatch batch = new RollBatch(architecture, columns, 2, STEPS);
        assertThat(batch.write(0, first, 2, 0)).isEqualTo(5);
        assertThat(batch.write(1, second, 4, shift)).isEqualTo(3);
        return batch;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, -3})
    void columnsOfATiedModelsLabelsAreTheKeyAndThoseBelowIt(int shift) {
        int columns = 1 + NadeHead.REACH;
        INDArray labels = batch(RollArchitecture.TP_LSTM_NADE, columns, shift).labels();

        assertThat(labels.shape()).containsExactly(2 * KEYS, columns, STEPS);
        for (int step = 0; step < STEPS; step++) {
            for (int key = 0; key < KEYS; key++) {
                for (int column = 0; column < columns; column++) {
                    boolean ofFirst = sounds(first, 2 + step, key - column);
                    boolean ofSecond = key >= column && sounds(second, 4 + step, key - column - shift);
                    assertThat(labels.getFloat(key, column, step)).isEqualTo(ofFirst ? 1 : 0);
                    assertThat(labels.getFloat(KEYS + key, column, step)).isEqualTo(ofSecond ? 1 : 0);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, -3})
    void rowsOfATiedModelAreTheFeaturesOfKeys(int shift) {
        INDArray features = batch(RollArchitecture.BALSTM, 2, shift).features();

        assertThat(features.shape()).containsExactly(2 * KEYS, KeyFeatures.WIDTH, STEPS);
        for (int step = 0; step < STEPS; step++) {
            float[] ofFirst = new float[KEYS * KeyFeatures.WIDTH];
            KeyFeatures.write(first, 2 + step, 0, ofFirst, 0, KEYS);
            float[] ofSecond = new float[KEYS * KeyFeatures.WIDTH];
            if (step < 3) {
                KeyFeatures.write(second, 4 + step, shift, ofSecond, 0, KEYS);
            }
            for (int key = 0; key < KEYS; key++) {
                for (int column = 0; column < KeyFeatures.WIDTH; column++) {
                    assertThat(features.getFloat(key, column, step)).isEqualTo(ofFirst[key + column * KEYS]);
                    assertThat(features.getFloat(KEYS + key, column, step)).isEqualTo(ofSecond[key + column * KEYS]);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, -3})
    void aRowOfTheSingleLstmReadsTheStepBeforeAndTheBeat(int shift) {
        RollBatch batch = batch(RollArchitecture.LSTM, 0, shift);
        INDArray features = batch.features();
        INDArray labels = batch.labels();

        assertThat(features.shape()).containsExactly(2, KEYS + 4, STEPS);
        assertThat(labels.shape()).containsExactly(2, KEYS, STEPS);
        for (int step = 0; step < STEPS; step++) {
            boolean there = step < 3;
            for (int key = 0; key < KEYS; key++) {
                assertThat(features.getFloat(0, key, step)).isEqualTo(sounds(first, 1 + step, key) ? 1 : 0);
                assertThat(features.getFloat(1, key, step))
                        .isEqualTo(there && sounds(second, 3 + step, key - shift) ? 1 : 0);
                assertThat(labels.getFloat(0, key, step)).isEqualTo(sounds(first, 2 + step, key) ? 1 : 0);
                assertThat(labels.getFloat(1, key, step)).isEqualTo(sounds(second, 4 + step, key - shift) ? 1 : 0);
            }
            for (int bit = 0; bit < 4; bit++) {
                assertThat(features.getFloat(0, KEYS + bit, step)).isEqualTo((2 + step) >> bit & 1);
                assertThat(features.getFloat(1, KEYS + bit, step)).isEqualTo(there ? (4 + step) >> bit & 1 : 0);
            }
        }
    }

    @Test
    void masksStepsThatWereNotWritten() {
        RollBatch tied = batch(RollArchitecture.BALSTM, 2, 0);
        RollBatch single = batch(RollArchitecture.LSTM, 0, 0);

        assertThat(tied.mask().shape()).containsExactly(2 * KEYS, STEPS);
        assertThat(single.mask().shape()).containsExactly(2, STEPS);
        for (int step = 0; step < STEPS; step++) {
            int expected = step < 3 ? 1 : 0;
            for (int key = 0; key < KEYS; key++) {
                assertThat(tied.mask().getFloat(key, step)).isEqualTo(1);
                assertThat(tied.mask().getFloat(KEYS + key, step)).isEqualTo(expected);
            }
            assertThat(single.mask().getFloat(0, step)).isEqualTo(1);
            assertThat(single.mask().getFloat(1, step)).isEqualTo(expected);
        }
    }

    @Test
    void countsStepsAndKnowsWhenItIsFull() {
        RollBatch batch = new RollBatch(RollArchitecture.BALSTM, 2, 2, STEPS);
        batch.write(0, first, 0, 0);
        assertThat(batch.counted()).isEqualTo(5);
        assertThat(batch.full()).isFalse();
        assertThat(batch.write(1, second, 7, 0)).isZero();
        assertThat(batch.write(1, second, 9, 0)).isZero();
        assertThat(batch.counted()).isEqualTo(5);
        batch.write(1, second, 2, 0);

        assertThat(batch.counted()).isEqualTo(10);
        assertThat(batch.full()).isTrue();
    }
}
