package dev.cadenza.trainer.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How a set of pieces lies to a set of people's by MGEval's measures: for each feature, the distances of all pairs of
 * people's pieces and the distances of all pairs of one of people's and one of the other set, each as a density; their
 * overlap area (1 is the same) and KL(people || between) in nats (0 is the same), on one grid of points.
 */
public final class SetComparison {
    private static final int GRID = 400;
    private static final double LEAST = 1e-12;

    /**
     * One feature's figures.
     *
     * @param overlap 0..1
     * @param kl at least 0
     */
    public record Figure(double overlap, double kl) {}

    private final Map<PieceFeatures, Figure> figures = new EnumMap<>(PieceFeatures.class);

    private SetComparison() {}

    /**
     * Compares.
     *
     * @param people at least two excerpts, each of two notes or more
     * @param others at least one
     */
    public static SetComparison of(List<Excerpt> people, List<Excerpt> others) {
        if (people.size() < 2 || others.isEmpty()) {
            throw new IllegalArgumentException(
                    "people (" + people.size() + ") must be at least 2, others (" + others.size() + ") at least 1");
        }
        SetComparison comparison = new SetComparison();
        for (PieceFeatures feature : PieceFeatures.all()) {
            List<double[]> ours = people.stream().map(feature::of).toList();
            List<double[]> theirs = others.stream().map(feature::of).toList();
            comparison.figures.put(feature, compare(new Density(within(ours)), new Density(between(ours, theirs))));
        }
        return comparison;
    }

    private static double[] within(List<double[]> set) {
        List<Double> distances = new ArrayList<>();
        for (int a = 0; a < set.size(); a++) {
            for (int b = a + 1; b < set.size(); b++) {
                distances.add(PieceFeatures.distance(set.get(a), set.get(b)));
            }
        }
        return distances.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] between(List<double[]> one, List<double[]> other) {
        List<Double> distances = new ArrayList<>();
        for (double[] a : one) {
            for (double[] b : other) {
                distances.add(PieceFeatures.distance(a, b));
            }
        }
        return distances.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Kernels are widened to a step of the grid, between whose points a narrower one would lie unseen. */
    static Figure compare(Density people, Density between) {
        double step =
                (Math.max(people.highest(), between.highest()) - Math.min(people.lowest(), between.lowest())) / GRID;
        return onGrid(people.noNarrowerThan(step), between.noNarrowerThan(step));
    }

    private static Figure onGrid(Density people, Density between) {
        double from = Math.min(people.lowest(), between.lowest());
        double step = (Math.max(people.highest(), between.highest()) - from) / GRID;
        double overlap = 0;
        double kl = 0;
        for (int i = 0; i < GRID; i++) {
            double x = from + (i + 0.5) * step;
            double p = people.at(x);
            double q = between.at(x);
            overlap += Math.min(p, q) * step;
            kl += p < LEAST ? 0 : p * Math.log(p / Math.max(q, LEAST)) * step;
        }
        return new Figure(Math.min(1, overlap), Math.max(0, kl));
    }

    /** The figures of a feature. */
    public Figure figure(PieceFeatures feature) {
        return figures.getOrDefault(feature, new Figure(0, Double.POSITIVE_INFINITY));
    }

    /** Mean overlap area of all features. */
    public double meanOverlap() {
        return figures.values().stream().mapToDouble(Figure::overlap).average().orElse(0);
    }

    /** Mean KL of all features, nats. */
    public double meanKl() {
        return figures.values().stream().mapToDouble(Figure::kl).average().orElse(0);
    }
}
