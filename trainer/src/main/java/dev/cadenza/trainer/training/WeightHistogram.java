package dev.cadenza.trainer.training;

/**
 * Values counted in buckets of equal width between the smallest and the largest, as TensorFlow 2 writes them. Values
 * that are not finite are in no bucket and in no sum.
 */
final class WeightHistogram {
    private static final int BUCKETS = 30;

    private final double min;
    private final double max;
    private final int finite;
    private final double sum;
    private final double sumOfSquares;
    private final double[] upperLimits;
    private final double[] counts;

    WeightHistogram(float[] values) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        int counted = 0;
        double total = 0;
        double squares = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                least = Math.min(least, value);
                most = Math.max(most, value);
                counted++;
                total += value;
                squares += (double) value * value;
            }
        }
        min = least;
        max = most;
        finite = counted;
        sum = total;
        sumOfSquares = squares;
        int buckets = counted == 0 ? 0 : least == most ? 1 : BUCKETS;
        upperLimits = new double[buckets];
        counts = new double[buckets];
        double width = (most - least) / buckets;
        for (int i = 0; i < buckets; i++) {
            upperLimits[i] = i == buckets - 1 ? most : least + width * (i + 1);
        }
        for (float value : values) {
            if (Float.isFinite(value)) {
                counts[width > 0 ? Math.min(buckets - 1, (int) ((value - least) / width)) : 0]++;
            }
        }
    }

    int finite() {
        return finite;
    }

    /** The {@code HistogramProto} message. */
    ProtoMessage toProto() {
        return new ProtoMessage()
                .float64(1, min)
                .float64(2, max)
                .float64(3, finite)
                .float64(4, sum)
                .float64(5, sumOfSquares)
                .packed(6, upperLimits)
                .packed(7, counts);
    }
}
