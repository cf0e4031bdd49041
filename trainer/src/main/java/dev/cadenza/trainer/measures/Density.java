package dev.cadenza.trainer.measures;

import java.util.Arrays;

/**
 * A density estimated from samples by Gaussian kernels, their width Scott's rule: deviation x n^(-1/5). Samples that are
 * all the same get a narrow kernel.
 */
final class Density {
    private static final double NARROW = 1e-3;
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
        return Arrays.stream(samples).min().orElse(0) - 3 * width;
    }

    /** Where next to nothing lies above. */
    double highest() {
        return Arrays.stream(samples).max().orElse(0) + 3 * width;
    }
}
