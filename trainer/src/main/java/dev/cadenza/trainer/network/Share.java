package dev.cadenza.trainer.network;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One replica's part of a batch.
 *
 * @param features [rows, inputs, steps]
 * @param labels [rows, outputs, steps]
 * @param mask [rows, steps], 1 where a label counts; null when all do
 * @param fresh by row, true where a sequence begins and the state carried from the update before is dropped; null when
 *     no state is carried. With a state, a row stays with its replica from update to update.
 * @param randomSeed of the dropout of this share in this update
 */
public record Share(
        INDArray features, INDArray labels, @Nullable INDArray mask, boolean @Nullable [] fresh, long randomSeed) {

    /** Rows of this share. */
    public int rows() {
        return Math.toIntExact(features.size(0));
    }
}
