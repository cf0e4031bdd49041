package dev.cadenza.trainer.paper;

import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.corpus.Split;
import java.util.Arrays;

/**
 * What the training split alone says: the constant predictor and the durations that a model without them plays.
 *
 * @param mean of each scaled column [3]
 * @param longestIntervalTicks over all splits
 * @param durationMedians ticks, by interval range: see {@link #DURATION_BOUNDS_MILLIS}
 */
record CorpusFigures(float[] mean, int longestIntervalTicks, int[] durationBounds, int[] durationMedians) {
    /** Lower ends of the interval ranges after the first, about equally many notes of piano music in each. */
    private static final int[] DURATION_BOUNDS_MILLIS = {1, 10, 25, 50, 100, 200, 400, 800};

    private static final int LONGEST_COUNTED_SECONDS = 60;

    static CorpusFigures of(PaperRows rows) {
        EncodedCorpus corpus = rows.corpus();
        int perSecond = corpus.ticksPerSecond();
        int[] bounds = Arrays.stream(DURATION_BOUNDS_MILLIS)
                .map(millis -> Math.max(1, Math.round(millis * perSecond / 1000f)))
                .distinct()
                .toArray();
        int[][] histogram = new int[bounds.length + 1][LONGEST_COUNTED_SECONDS * perSecond + 1];
        double[] sum = new double[PaperEncoding.COLUMNS];
        long notes = 0;
        int longest = 1;
        for (EncodedPiece piece : corpus.pieces()) {
            for (int row = piece.firstRow(); row < piece.firstRow() + piece.notes(); row++) {
                longest = Math.max(longest, corpus.value(row, 0));
            }
        }
        for (EncodedPiece piece : corpus.pieces(Split.TRAIN)) {
            for (int position = 1; position <= piece.notes(); position++) {
                for (int column = 0; column < PaperEncoding.COLUMNS; column++) {
                    sum[column] += rows.value(piece, position, column);
                }
                int row = piece.firstRow() + position - 1;
                int[] range = histogram[range(bounds, corpus.value(row, 0))];
                range[Math.min(corpus.value(row, 3), range.length - 1)]++;
                notes++;
            }
        }
        float[] mean = new float[PaperEncoding.COLUMNS];
        for (int column = 0; column < mean.length; column++) {
            mean[column] = (float) (sum[column] / Math.max(1, notes));
        }
        int overall = median(sumOf(histogram), perSecond / 4);
        int[] medians = Arrays.stream(histogram)
                .mapToInt(range -> median(range, overall))
                .toArray();
        return new CorpusFigures(mean, longest, bounds, medians);
    }

    private static int range(int[] bounds, int interval) {
        int range = 0;
        while (range < bounds.length && interval >= bounds[range]) {
            range++;
        }
        return range;
    }

    private static int[] sumOf(int[][] histogram) {
        int[] sum = new int[histogram[0].length];
        for (int[] range : histogram) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += range[i];
            }
        }
        return sum;
    }

    private static int median(int[] histogram, int whenEmpty) {
        long total = Arrays.stream(histogram).asLongStream().sum();
        if (total == 0) {
            return Math.max(1, whenEmpty);
        }
        long below = 0;
        int value = 0;
        while ((below += histogram[value]) * 2 < total) {
            value++;
        }
        return Math.max(1, value);
    }
}
