package dev.cadenza.trainer.paper;

import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.training.EpochWindows;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Windows as arrays.
 *
 * @param features rows [batch, 3, window], float32, 'f' order
 * @param labels the rows one position later, same shape
 * @param mask [batch, window], 1 where the label is a note; null when all are
 * @param fresh by row, true where a piece begins, or none is left
 * @param notes labels that are notes
 */
record WindowBatch(
        INDArray features, INDArray labels, @Nullable INDArray mask, boolean[] fresh, int notes) {

    static WindowBatch of(PaperRows rows, EpochWindows windows, int first, int count, int window) {
        int columns = PaperEncoding.COLUMNS;
        float[] features = new float[count * columns * window];
        float[] labels = new float[count * columns * window];
        float[] mask = new float[count * window];
        int notes = 0;
        boolean[] fresh = new boolean[count];
        for (int row = 0; row < count; row++) {
            if (windows.idle(first + row)) {
                fresh[row] = true;
                continue;
            }
            EncodedPiece piece = windows.piece(first + row);
            int from = windows.from(first + row);
            fresh[row] = from == 0;
            rows.fill(piece, from, window, features, row, count);
            rows.fill(piece, from + 1, window, labels, row, count);
            int there = Math.min(window, piece.notes() - from);
            for (int step = 0; step < there; step++) {
                mask[row + count * step] = 1f;
            }
            notes += there;
        }
        long[] shape = {count, columns, window};
        INDArray maskArray = notes == count * window ? null : Nd4j.create(mask, new long[] {count, window}, 'f');
        return new WindowBatch(
                Nd4j.create(features, shape, 'f'), Nd4j.create(labels, shape, 'f'), maskArray, fresh, notes);
    }
}
