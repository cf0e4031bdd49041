package dev.cadenza.trainer.paper;

import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.trainer.corpus.EncodedPiece;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model must beat: the training split's mean, the last note again, the mean of the last (up to) 50 notes of the
 * piece. A piece's first note, which has none before it, is predicted by the mean in all three.
 */
final class TrivialPredictors {
    static final String TRAIN_MEAN = "train mean";
    static final String COPY_LAST = "copy last";
    static final String MEAN_OF_LAST = "mean of last 50";
    private static final int LAST = 50;

    private TrivialPredictors() {}

    static Map<String, SquaredErrors> measure(
            PaperRows rows, List<EncodedPiece> pieces, CorpusFigures figures, int intervalClipTicks) {
        SquaredErrors trainMean = new SquaredErrors(intervalClipTicks, figures.longestIntervalTicks());
        SquaredErrors copyLast = new SquaredErrors(intervalClipTicks, figures.longestIntervalTicks());
        SquaredErrors meanOfLast = new SquaredErrors(intervalClipTicks, figures.longestIntervalTicks());
        int columns = PaperEncoding.COLUMNS;
        float[] actual = new float[columns];
        float[] last = new float[columns];
        float[] mean = new float[columns];
        for (EncodedPiece piece : pieces) {
            double[] sum = new double[columns];
            for (int position = 1; position <= piece.notes(); position++) {
                int known = Math.min(LAST, position - 1);
                for (int column = 0; column < columns; column++) {
                    actual[column] = rows.value(piece, position, column);
                    last[column] = known == 0 ? figures.mean()[column] : rows.value(piece, position - 1, column);
                    mean[column] = known == 0 ? figures.mean()[column] : (float) (sum[column] / known);
                    sum[column] += actual[column];
                    if (position > LAST) {
                        sum[column] -= rows.value(piece, position - LAST, column);
                    }
                }
                int interval = rows.corpus().value(piece.firstRow() + position - 1, 0);
                trainMean.add(figures.mean(), actual, interval);
                copyLast.add(last, actual, interval);
                meanOfLast.add(mean, actual, interval);
            }
        }
        Map<String, SquaredErrors> errors = new LinkedHashMap<>();
        errors.put(TRAIN_MEAN, trainMean);
        errors.put(COPY_LAST, copyLast);
        errors.put(MEAN_OF_LAST, meanOfLast);
        return errors;
    }
}
