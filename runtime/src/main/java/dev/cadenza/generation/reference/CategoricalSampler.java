package dev.cadenza.generation.reference;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How one of several choices is taken, in plain Java and float arithmetic: the reference that a graph is held equal to.
 * Stateless; the random numbers are the caller's.
 *
 * <pre>
 * s      = (logit + bias) / temperature
 * p      = softmax(s)
 * kept   = those with p at least min_p times the greatest, and less than top_p before them in descending order
 * choice = argmax over kept of s + noise
 * </pre>
 *
 * <p>With Gumbel noise that draws from p among those kept. The likeliest is always kept. At temperature 0 the choice is
 * the greatest {@code logit + bias}. Of equals the first is taken.
 */
public final class CategoricalSampler {
    /** A choice with this logit is none: it is taken only where there is no other, whatever the bias. */
    public static final float MASKED = -1e9f;

    /** What it counts as: below what any bias makes of a choice that there is. */
    private static final float NEVER = -1e30f;

    /** Sums of rounded probabilities may pass 1 early; 1 means all. */
    private static final float ALL = 2;

    private final float temperature;
    private final float topP;
    private final float minP;

    /**
     * @param temperature at least 0
     * @param topP 0..1
     * @param minP 0..1
     */
    public CategoricalSampler(float temperature, float topP, float minP) {
        if (!(temperature >= 0)) {
            throw new IllegalArgumentException("temperature (" + temperature + ") must be at least 0");
        }
        this.temperature = temperature;
        this.topP = topP < 1 ? Math.max(topP, Float.MIN_NORMAL) : ALL;
        this.minP = Math.min(minP, 1);
    }

    /**
     * Takes a choice.
     *
     * @param logits {@code [choices]}, {@link #MASKED} where there is none
     * @param bias {@code [choices]} from {@code atBias} on, added to the logits
     * @param noise {@code [choices]} from {@code atNoise} on, of Gumbel's distribution
     */
    public int choose(float[] logits, float[] bias, int atBias, float[] noise, int atNoise) {
        Sorted sorted = sort(logits, bias, atBias);
        int best = sorted.order[0];
        float highest = Float.NEGATIVE_INFINITY;
        for (int place = 0; place < sorted.kept; place++) {
            int choice = sorted.order[place];
            float noisy = sorted.scores[choice] + (temperature > 0 ? noise[atNoise + choice] : 0);
            if (noisy > highest) {
                highest = noisy;
                best = choice;
            }
        }
        return best;
    }

    /** How likely {@link #choose} takes each choice, with the sum 1; at temperature 0 one is certain. */
    public float[] probabilities(float[] logits, float[] bias, int atBias) {
        Sorted sorted = sort(logits, bias, atBias);
        float[] probabilities = new float[logits.length];
        if (temperature == 0) {
            probabilities[sorted.order[0]] = 1;
            return probabilities;
        }
        double sum = 0;
        for (int place = 0; place < sorted.kept; place++) {
            sum += sorted.probabilities[place];
        }
        for (int place = 0; place < sorted.kept; place++) {
            probabilities[sorted.order[place]] = (float) (sorted.probabilities[place] / sum);
        }
        return probabilities;
    }

    /**
     * Choices in descending order.
     *
     * @param scores by choice
     * @param order choices by place
     * @param probabilities by place
     * @param kept how many of the first places may be taken
     */
    @SuppressWarnings("ArrayRecordComponent") // Lives for one choice, never compared.
    private record Sorted(float[] scores, int[] order, float[] probabilities, int kept) {}

    private Sorted sort(float[] logits, float[] bias, int atBias) {
        float[] scores = new float[logits.length];
        for (int choice = 0; choice < scores.length; choice++) {
            float biased = logits[choice] <= MASKED ? NEVER : logits[choice] + bias[atBias + choice];
            scores[choice] = temperature > 0 ? biased / temperature : biased;
        }
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(choice -> 0.0 - scores[choice]))
                .mapToInt(Integer::intValue)
                .toArray();
        float[] probabilities = new float[order.length];
        double sum = 0;
        for (int place = 0; place < order.length; place++) {
            // Where all are -infinity none is less than the others.
            float below = place == 0 ? 0 : scores[order[place]] - scores[order[0]];
            probabilities[place] = (float) StrictMath.exp(Float.isNaN(below) ? 0 : below);
            sum += probabilities[place];
        }
        float before = 0;
        int kept = 0;
        for (int place = 0; place < order.length; place++) {
            probabilities[place] /= (float) sum;
            boolean likely = before < topP && probabilities[place] >= minP * probabilities[0];
            // Both conditions hold for all places before the first at which one does not.
            kept = likely && kept == place ? place + 1 : kept;
            before += probabilities[place];
        }
        return new Sorted(scores, order, probabilities, Math.max(1, kept));
    }
}
