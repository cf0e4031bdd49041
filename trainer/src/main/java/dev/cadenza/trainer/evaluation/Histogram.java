package dev.cadenza.trainer.evaluation;

import java.util.List;

/** Shares of seconds in classes of a logarithmic axis, pooled over many excerpts: inter-onset times or durations. */
public final class Histogram {
    /** Classes; the first and the last are open. */
    public static final int CLASSES = 40;

    private static final double SHORTEST = 0.01;
    private static final double LONGEST = 10;

    private final double[] shares = new double[CLASSES];

    private Histogram() {}

    /** Seconds from each onset to the next. */
    public static Histogram interOnset(List<Excerpt> excerpts) {
        Histogram histogram = new Histogram();
        long count =
                excerpts.stream().mapToLong(excerpt -> excerpt.notes() - 1L).sum();
        for (Excerpt excerpt : excerpts) {
            for (int note = 1; note < excerpt.notes(); note++) {
                histogram.add(excerpt.interval(note) / (double) excerpt.ticksPerSecond(), count);
            }
        }
        return histogram;
    }

    /** Seconds that notes last. */
    public static Histogram durations(List<Excerpt> excerpts) {
        Histogram histogram = new Histogram();
        long count = excerpts.stream().mapToLong(Excerpt::notes).sum();
        for (Excerpt excerpt : excerpts) {
            for (int note = 0; note < excerpt.notes(); note++) {
                histogram.add(excerpt.duration(note) / (double) excerpt.ticksPerSecond(), count);
            }
        }
        return histogram;
    }

    private void add(double seconds, long of) {
        double place = CLASSES * Math.log(Math.max(1e-9, seconds) / SHORTEST) / Math.log(LONGEST / SHORTEST);
        shares[(int) Math.max(0, Math.min(CLASSES - 1, Math.floor(place)))] += 1.0 / of;
    }

    /** The middle of a class in seconds. */
    public static double seconds(int ofClass) {
        return SHORTEST * Math.pow(LONGEST / SHORTEST, (ofClass + 0.5) / CLASSES);
    }

    /** Share of each class. */
    public double[] shares() {
        return shares.clone();
    }

    /** What two histograms have in common, 0..1. */
    public double overlap(Histogram other) {
        double sum = 0;
        for (int i = 0; i < CLASSES; i++) {
            sum += Math.min(shares[i], other.shares[i]);
        }
        return sum;
    }
}
