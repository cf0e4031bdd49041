package dev.cadenza.trainer.evaluation;

import java.util.Arrays;

/**
 * A density estimated from samples by Gaussian kernels, their width (standard deviation) Scott's rule: deviation of the
 * samples x n^(-1/5), Scott, "Multivariate Density Estimation", 1992. Samples that are all the same get a narrow kernel.
 */
final class Density {
    private static final double NARROW = 1e-3;

    /** In widths: 6e-7 of a kernel lies beyond. */
    private static final double REACH = 5;

    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

    private final double[] samples;
    private final double width;

    /** @throws IllegalArgumentException when there is no sample */
    Density(double[] samples) {
        if (samples.length == 0) {
            throw new IllegalArgumentException("samples (0) must be at least 1");
        }
        this.samples = samples.clone();
        double mean = Arrays.stream(samples).average().orElse(0);
        double variance = Arrays.stream(samples)
                .map(sample -> (sample - mean) * (sample - mean))
                .average()
                .orElse(0);
        width = Math.max(NARROW, Math.sqrt(variance) * Math.pow(samples.length, -0.2));
    }

    private Density(double[] samples, double width) {
        this.samples = samples;
        this.width = width;
    }

    /** The same samples with kernels of at least this width. */
    Density noNarrowerThan(double least) {
        return new Density(samples, Math.max(width, least));
    }

    double at(double x) {
        double sum = 0;
        for (double sample : samples) {
            double z = (x - sample) / width;
            sum += Math.exp(-0.5 * z * z);
        }
        return sum / (samples.length * width * ROOT_TWO_PI);
    }

    /** Where next to nothing lies below. */
    double lowest() {
        return Arrays.stream(samples).min().orElse(0) - REACH * width;
    }

    /** Where next to nothing lies above. */
    double highest() {
        return Arrays.stream(samples).max().orElse(0) + REACH * width;
    }
}
