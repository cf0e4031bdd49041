package dev.cadenza.trainer.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How clear a beat is, by the autocorrelation of the onsets (Brown, "Determination of the meter of musical scores by
 * autocorrelation", 1993). Onsets are put on a grid of 10 ms and smoothed by a Gaussian of 20 ms; a window has 8 s, and the
 * next one begins 4 s later. Windows with fewer than eight onsets, and those without a peak, are passed over.
 *
 * @param clarity the greatest peak of the normalised autocorrelation at lags of 150 to 1500 ms, at most about 1, mean of the
 *     windows; empty when none counts
 * @param persistence share of the neighbouring windows whose best lags differ by less than 8 %; empty when fewer than two
 *     windows count
 */
public record Pulse(OptionalDouble clarity, OptionalDouble persistence) {
    private static final double WINDOW_SECONDS = 8;
    private static final double HOP_SECONDS = 4;
    private static final double BIN_SECONDS = 0.01;
    private static final int BINS = 801;
    private static final int FEWEST_ONSETS = 8;
    private static final int SHORTEST_LAG = 15;
    private static final int LONGEST_LAG = 150;
    private static final double SAME_LAG = 1.08;
    private static final double[] SMOOTHING = gaussian(6, 2);

    private record Peak(int lag, double height) {}

    private static double[] gaussian(int reach, double deviation) {
        double[] weights = new double[2 * reach + 1];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(-0.5 * (i - reach) * (i - reach) / (deviation * deviation));
        }
        return weights;
    }

    /** Measures an excerpt of any length. */
    public static Pulse of(Excerpt excerpt) {
        Onsets onsets = Onsets.of(excerpt);
        double last = onsets.count() == 0 ? 0 : onsets.seconds(onsets.count() - 1);
        List<Peak> peaks = new ArrayList<>();
        for (double from = 0; from + WINDOW_SECONDS <= last + 0.001; from += HOP_SECONDS) {
            double[] train = train(onsets, from);
            if (train.length > 0) {
                peak(autocorrelation(train), peaks);
            }
        }
        long same = 0;
        for (int at = 1; at < peaks.size(); at++) {
            double ratio = (double) peaks.get(at).lag() / peaks.get(at - 1).lag();
            same += Math.max(ratio, 1 / ratio) < SAME_LAG ? 1 : 0;
        }
        return new Pulse(
                peaks.stream().mapToDouble(Peak::height).average(),
                peaks.size() < 2 ? OptionalDouble.empty() : OptionalDouble.of((double) same / (peaks.size() - 1)));
    }

    /** A window's onsets, smoothed, with mean 0; empty when there are too few. */
    private static double[] train(Onsets onsets, double from) {
        boolean[] struck = new boolean[BINS];
        int count = 0;
        for (int onset = 0; onset < onsets.count(); onset++) {
            double within = onsets.seconds(onset) - from;
            if (within >= 0 && within < WINDOW_SECONDS) {
                // A millionth of a bin: onsets on the grid lie in the bin that begins with them.
                struck[(int) (within / BIN_SECONDS + 1e-6)] = true;
                count++;
            }
        }
        if (count < FEWEST_ONSETS) {
            return new double[0];
        }
        double[] train = new double[BINS];
        double sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
            for (int i = 0; i < SMOOTHING.length; i++) {
                int at = bin + i - SMOOTHING.length / 2;
                train[bin] += at >= 0 && at < BINS && struck[at] ? SMOOTHING[i] : 0;
            }
            sum += train[bin];
        }
        for (int bin = 0; bin < BINS; bin++) {
            train[bin] -= sum / BINS;
        }
        return train;
    }

    /** Mean product of values so many bins apart, over that of lag 0; by lag. */
    private static double[] autocorrelation(double[] train) {
        double[] correlation = new double[LONGEST_LAG + 1];
        for (int lag = 0; lag <= LONGEST_LAG; lag++) {
            for (int bin = lag; bin < train.length; bin++) {
                correlation[lag] += train[bin] * train[bin - lag] / (train.length - lag);
            }
        }
        double variance = correlation[0];
        for (int lag = 0; lag <= LONGEST_LAG; lag++) {
            correlation[lag] /= variance;
        }
        return correlation;
    }

    private static void peak(double[] correlation, List<Peak> to) {
        int best = -1;
        for (int lag = SHORTEST_LAG + 1; lag < LONGEST_LAG; lag++) {
            boolean peak = correlation[lag] >= correlation[lag - 1] && correlation[lag] > correlation[lag + 1];
            best = peak && (best < 0 || correlation[lag] > correlation[best]) ? lag : best;
        }
        if (best >= 0) {
            to.add(new Peak(best, correlation[best]));
        }
    }
}
