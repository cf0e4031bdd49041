package dev.cadenza.trainer.roll;

import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.roll.head.HeadArrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Windows of sequences as a network reads them. A sequence is one row of the batch for the single LSTM, which reads [the 88
 * keys of the step before, the place in the bar]; it is 88 rows for a tied one.
 */
final class RollBatch {
    private static final int KEYS = PianoRoll.KEYS;

    private final RollArchitecture architecture;
    private final int sequences;
    private final int steps;
    private final int rows;
    private final int labelColumns;
    private final float[] features;
    private final float[] labels;
    private final float[] mask;
    private int counted;

    /**
     * An empty batch.
     *
     * @param labelColumns of a tied network's head
     */
    RollBatch(RollArchitecture architecture, int labelColumns, int sequences, int steps) {
        this.architecture = architecture;
        this.sequences = sequences;
        this.steps = steps;
        this.labelColumns = architecture.tied() ? labelColumns : KEYS;
        rows = sequences * architecture.rows();
        features = new float[rows * inputs(architecture) * steps];
        labels = new float[rows * this.labelColumns * steps];
        mask = new float[rows * steps];
    }

    /** Columns of a row that the time axis reads. */
    static int inputs(RollArchitecture architecture) {
        return architecture.tied() ? KeyFeatures.WIDTH : KEYS + KeyFeatures.BEAT_BITS;
    }

    /**
     * Writes steps of a roll, as many as there are.
     *
     * @param shift semitones by which it is transposed
     * @return how many were written
     */
    int write(int sequence, PianoRoll roll, int from, int shift) {
        int there = Math.max(0, Math.min(steps, roll.steps() - from));
        for (int step = 0; step < there; step++) {
            if (architecture.tied()) {
                writeKeys(sequence, roll, from + step, step, shift);
            } else {
                writeStep(sequence, roll, from + step, step, shift);
            }
        }
        counted += there;
        return there;
    }

    private void writeKeys(int sequence, PianoRoll roll, int position, int step, int shift) {
        int row = sequence * KEYS;
        KeyFeatures.write(roll, position, shift, features, row + rows * KeyFeatures.WIDTH * step, rows);
        for (int key = 0; key < KEYS; key++) {
            mask[row + key + rows * step] = 1;
            if (KeyFeatures.sounds(roll, position, key - shift)) {
                for (int column = 0; column < labelColumns && key + column < KEYS; column++) {
                    // A column holds steps of rows.
                    labels[row + key + column + rows * (step + steps * column)] = 1;
                }
            }
        }
    }

    private void writeStep(int sequence, PianoRoll roll, int position, int step, int shift) {
        int inputs = inputs(architecture);
        int feature = sequence + rows * inputs * step;
        for (int key = 0; key < KEYS; key++) {
            if (KeyFeatures.sounds(roll, position - 1, key - shift)) {
                features[feature + rows * key] = 1;
            }
            if (KeyFeatures.sounds(roll, position, key - shift)) {
                labels[sequence + rows * (step + steps * key)] = 1;
            }
        }
        for (int bit = 0; bit < KeyFeatures.BEAT_BITS; bit++) {
            features[feature + rows * (KEYS + bit)] = KeyFeatures.beat(position, bit);
        }
        mask[sequence + rows * step] = 1;
    }

    /** Steps written so far. */
    int counted() {
        return counted;
    }

    /** [rows, inputs, steps]. */
    INDArray features() {
        return Nd4j.create(features, new long[] {rows, inputs(architecture), steps}, 'f');
    }

    /** [rows, columns, steps]. */
    INDArray labels() {
        return HeadArrays.columnsApart(labels, rows, labelColumns, steps);
    }

    /** [rows, steps], 1 where a step was written. */
    INDArray mask() {
        return Nd4j.create(mask, new long[] {rows, steps}, 'f');
    }

    /** Whether every step of every sequence was written. */
    boolean full() {
        return counted == sequences * steps;
    }
}
