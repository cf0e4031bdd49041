package dev.cadenza.trainer.paper;

import dev.cadenza.notematrix.PaperEncoding;

/**
 * Sums of squared error and squared signal by column, in scaled units.
 *
 * <p>MSE is the mean over notes and columns. SNR in decibels is 10 log10 of signal power over error power, the power a
 * sum of squares over notes and columns. A second pair of figures takes the interval over the longest of the corpus
 * instead of clipped, the other reading of the source paper's "scaled to 0..1".
 */
final class SquaredErrors {
    private static final double HALF_KEY = 0.5 / 127;
    private static final int LONGEST = PaperEncoding.COLUMNS;

    private final double intervalClipTicks;
    private final double longestIntervalTicks;
    private final double[] error = new double[PaperEncoding.COLUMNS + 1];
    private final double[] signal = new double[PaperEncoding.COLUMNS + 1];
    private long notes;
    private long pitchHits;

    SquaredErrors(int intervalClipTicks, int longestIntervalTicks) {
        this.intervalClipTicks = intervalClipTicks;
        this.longestIntervalTicks = longestIntervalTicks;
    }

    /**
     * Counts one note.
     *
     * @param predicted interval, pitch, velocity, scaled
     * @param actual the same, scaled
     * @param intervalTicks the note's own interval, not clipped
     */
    void add(float[] predicted, float[] actual, int intervalTicks) {
        for (int column = 0; column < PaperEncoding.COLUMNS; column++) {
            double difference = (double) predicted[column] - actual[column];
            error[column] += difference * difference;
            signal[column] += (double) actual[column] * actual[column];
        }
        double interval = intervalTicks / longestIntervalTicks;
        double difference = predicted[0] * intervalClipTicks / longestIntervalTicks - interval;
        error[LONGEST] += difference * difference;
        signal[LONGEST] += interval * interval;
        pitchHits += Math.abs(predicted[1] - actual[1]) < HALF_KEY ? 1 : 0;
        notes++;
    }

    /** Share of notes whose predicted pitch, rounded, is the note's. */
    double pitchAccuracy() {
        return (double) pitchHits / notes;
    }

    long notes() {
        return notes;
    }

    double mse(int column) {
        return error[column] / notes;
    }

    /** Root of the mean squared error by column [3], never 0. */
    float[] deviations() {
        float[] deviations = new float[PaperEncoding.COLUMNS];
        for (int column = 0; column < deviations.length; column++) {
            deviations[column] = (float) Math.sqrt(Math.max(1e-12, mse(column)));
        }
        return deviations;
    }

    double mse() {
        return (error[0] + error[1] + error[2]) / (notes * (double) PaperEncoding.COLUMNS);
    }

    double snrDecibels() {
        return decibels(signal[0] + signal[1] + signal[2], error[0] + error[1] + error[2]);
    }

    double mseByLongest() {
        return (error[LONGEST] + error[1] + error[2]) / (notes * (double) PaperEncoding.COLUMNS);
    }

    double snrDecibelsByLongest() {
        return decibels(signal[LONGEST] + signal[1] + signal[2], error[LONGEST] + error[1] + error[2]);
    }

    private static double decibels(double signal, double error) {
        return 10 * Math.log10(signal / error);
    }
}
