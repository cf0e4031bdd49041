package dev.cadenza.exporter.kind.performer;

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
        this.minP = Math.min(1, minP);
    }

    /**
     * A choice.
     *
     * @param index the choice
     * @param clear whether rounding cannot change it
     */
    record Choice(int index, boolean clear) {}

    /** What top-p and min-p leave: all with a score of {@code least} or more. */
    private record Kept(double least, boolean clear) {}

    /** @param forbidden which choices there are not */
    Choice choose(float[] logits, boolean[] forbidden, float[] bias, float[] noise) {
        double[] scores = scores(logits, forbidden, bias);
        Kept kept = kept(scores);
        int best = -1;
        double bestValue = Double.NEGATIVE_INFINITY;
        double second = Double.NEGATIVE_INFINITY;
        for (int index = 0; index < scores.length; index++) {
            double value = scores[index] + (temperature == 0 ? 0 : noise[index]);
            if (scores[index] < kept.least) {
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
        boolean clear = kept.clear && bestValue - second > UNCLEAR * Math.max(1, Math.abs(bestValue));
        return new Choice(best, clear);
    }

    /** The probability of each choice. */
    double[] probabilities(float[] logits, boolean[] forbidden, float[] bias) {
        double[] scores = scores(logits, forbidden, bias);
        Kept kept = kept(scores);
        double[] chances = chances(scores);
        for (int index = 0; index < chances.length; index++) {
            chances[index] = scores[index] < kept.least ? 0 : chances[index];
        }
        double sum = Arrays.stream(chances).sum();
        return Arrays.stream(chances).map(chance -> chance / sum).toArray();
    }

    private Kept kept(double[] scores) {
        double[] chances = chances(scores);
        Integer[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .toArray(Integer[]::new);
        double needed = minP * chances[order[0]];
        double least = scores[order[0]];
        double before = chances[order[0]];
        boolean clear = true;
        for (int place = 1; place < order.length; place++) {
            int index = order[place];
            if ((topP >= 1 || before < topP) && chances[index] >= needed) {
                least = scores[index];
            }
            // What has no probability needs no decision.
            if (chances[index] > 1e-12) {
                clear &= topP >= 1 || Math.abs(before - topP) > 1e-5;
                clear &= minP == 0 || Math.abs(chances[index] / needed - 1) > UNCLEAR;
            }
            before += chances[index];
        }
        return new Kept(least, clear);
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
}
