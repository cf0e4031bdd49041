package dev.cadenza.server.bench;

import java.util.Arrays;

/**
 * Notes and what they took.
 *
 * @param notes that were made
 * @param wallNanos of the clock
 * @param cpuNanos of processor time, by whatever made them
 */
record Throughput(long notes, long wallNanos, long cpuNanos) {
    private static final double NANOS = 1e9;

    double perSecond() {
        return notes / (wallNanos / NANOS);
    }

    /** On a machine shared with others the steadier of the two. */
    double perCpuSecond() {
        return cpuNanos == 0 ? Double.NaN : notes / (cpuNanos / NANOS);
    }

    /** Of sorted or unsorted values; NaN of none. */
    static double percentile(double[] values, double share) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }
}
