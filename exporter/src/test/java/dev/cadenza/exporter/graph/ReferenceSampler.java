package dev.cadenza.exporter.graph;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How a performer chooses, in plain Java. */
final class ReferenceSampler {
    private static final double NEVER = -1e30;

    /** Relative distances below this are left to rounding. */
    private static final double UNCLEAR = 1e-4;

    private final double temperature;
    private final double topP;
    private final double minP;

    ReferenceSampler(float temperature, float topP, float minP) {
        this.temperature = temperature;
        this.topP = topP;
        this.minP = minP;
    }

    /**
     * A choice.
     *
     * @param index the choice
     * @param clear whether rounding cannot change it
     */
    record Choice(int index, boolean clear) {}

    /** @param forbidden which choices there are not */
    Choice choose(float[] logits, boolean[] forbidden, float[] bias, float[] noise) {
        double[] scores = scores(logits, forbidden, bias);
        double[] chances = chances(scores);
        Integer[] order = sorted(scores);
        boolean clear = true;
        double before = 0;
        int best = -1;
        double bestValue = Double.NEGATIVE_INFINITY;
        double second = Double.NEGATIVE_INFINITY;
        for (int index : order) {
            boolean first = index == order[0];
            double least = Math.min(1, minP) * chances[order[0]];
            boolean kept = first || ((topP >= 1 || before < topP) && chances[index] >= least);
            // What has no chance anyway is no reason for doubt.
            if (!first && chances[index] > 1e-12) {
                clear &= topP >= 1 || Math.abs(before - topP) > 1e-5;
                clear &= minP == 0 || Math.abs(chances[index] / least - 1) > UNCLEAR;
            }
            before += chances[index];
            double value = scores[index] + (temperature == 0 ? 0 : noise[index]);
            if (!kept) {
                continue;
            }
            if (value > bestValue) {
                second = bestValue;
                bestValue = value;
                best = index;
            } else {
                second = Math.max(second, value);
            }
        }
        return new Choice(best, clear && bestValue - second > UNCLEAR * Math.max(1, Math.abs(bestValue)));
    }

    /** The probability of each choice. */
    double[] probabilities(float[] logits, boolean[] forbidden, float[] bias) {
        double[] scores = scores(logits, forbidden, bias);
        double[] chances = chances(scores);
        double[] kept = new double[chances.length];
        double before = 0;
        Integer[] order = sorted(scores);
        for (int index : order) {
            if (index == order[0]
                    || ((topP >= 1 || before < topP) && chances[index] >= Math.min(1, minP) * chances[order[0]])) {
                kept[index] = chances[index];
            }
            before += chances[index];
        }
        double sum = Arrays.stream(kept).sum();
        return Arrays.stream(kept).map(chance -> chance / sum).toArray();
    }

    private double[] scores(float[] logits, boolean[] forbidden, float[] bias) {
        double[] scores = new double[logits.length];
        for (int i = 0; i < scores.length; i++) {
            double biased = forbidden[i] ? NEVER : logits[i] + bias[i];
            scores[i] = temperature == 0 ? biased : (float) (biased / temperature);
        }
        return scores;
    }

    private static double[] chances(double[] scores) {
        double lse = PerformerOracle.lse(scores);
        return Arrays.stream(scores).map(score -> Math.exp(score - lse)).toArray();
    }

    private static Integer[] sorted(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .toArray(Integer[]::new);
    }
}
