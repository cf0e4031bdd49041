package dev.cadenza.exporter.kind.performer;

import dev.cadenza.exporter.graph.Expressions;
import dev.cadenza.exporter.graph.OnnxRef;
import java.util.List;

/**
 * How one of several choices is taken: that with the greatest {@code logit + bias + temperature noise} of those that
 * top-p and min-p leave, or the given one. With Gumbel noise that draws from the softmax of {@code (logit + bias) /
 * temperature}. At temperature 0 it is the greatest {@code logit + bias}.
 *
 * <p>Min-p leaves what is at most {@code temperature ln(1 / min-p)} below the greatest, for which nothing is sorted;
 * only where some row has a top-p below 1 are choices sorted.
 */
final class Sampling {
    /** The greatest number below 1: times a width it never becomes the width. */
    private static final float BELOW_ONE = Math.nextDown(1f);

    /** In place of a min-p of 0, whose logarithm is none: of no choice that noise could lift. */
    private static final float LEAST_SHARE = 1e-38f;

    /** Noise beyond counts as this: infinite noise times a temperature of 0 is not a number. */
    private static final float MOST_NOISE = 1e6f;

    private static final int[] UNIFORMS = {0, -1, 1, 2};

    private final List<OnnxRef> bias;
    private final List<OnnxRef> noise;
    private final List<OnnxRef> uniform;
    private final List<OnnxRef> given;
    private final List<OnnxRef> forced;
    private final OnnxRef allGiven;
    private final OnnxRef allForced;
    /** {@code [batch, 1]}. */
    private final OnnxRef temperature;

    private final OnnxRef topP;
    /** How far below the greatest score a choice may be, {@code [batch, 1]}; 0 or less. */
    private final OnnxRef depth;
    /** Whether any row of the batch has a top-p below 1. */
    private final OnnxRef limited;

    /** @param choices how many each attribute has */
    Sampling(Expressions x, PerformerTables tables, PerformerInputs in, long... choices) {
        temperature = x.unsqueeze(in.temperature(), 1);
        topP = in.topP();
        limited = x.less(x.leastOfAll(in.topP()), x.number(1f));
        depth = x.mul(x.logSum(x.clip(x.unsqueeze(in.minP(), 1), LEAST_SHARE, 1f)), temperature);
        bias = x.split(in.bias(), choices);
        OnnxRef finite = x.clip(in.noise(), -MOST_NOISE, MOST_NOISE);
        noise = x.split(x.mul(finite, temperature), choices);
        uniform = x.split(x.min(in.uniform(), x.number(BELOW_ONE)), 1, 1, 1);
        allGiven = x.atLeast(in.forced(), x.number(0));
        given = x.split(allGiven, 1, 1, 1, 1);
        allForced = in.forced();
        OnnxRef possible = x.max(
                x.min(in.forced(), x.row("highest", tables.highest())), x.row("lowest", PerformerTables.lowest()));
        forced = x.split(possible, 1, 1, 1, 1);
    }

    /** What the host adds to an attribute's logits, {@code [batch, choices]}. */
    OnnxRef bias(int attribute) {
        return bias.get(attribute);
    }

    /** The noise of an attribute's choices, times the temperature, {@code [seq, batch, choices]}. */
    OnnxRef noise(int attribute) {
        return noise.get(attribute);
    }

    /**
     * The choice for every row.
     *
     * @param scores logits and bias {@code [seq, batch, choices]}; those of what cannot be are below all biases
     * @return int64 {@code [seq, batch, 1]}
     */
    OnnxRef choice(Expressions x, int attribute, OnnxRef scores, int choices) {
        OnnxRef least = x.either(limited, y -> leastSorted(y, scores, choices), y -> y.add(y.reduceMax(scores), depth));
        // What is below the least falls far below all others.
        return x.argMax(x.add(x.steepBelow0(x.sub(scores, least)), noise.get(attribute)));
    }

    /** The least score that top-p and min-p leave; equal scores stay or go together. */
    private OnnxRef leastSorted(Expressions x, OnnxRef scores, int choices) {
        OnnxRef sorted = x.sorted(scores, choices).get(0);
        OnnxRef hot = x.where(x.greater(temperature, x.number(0f)), temperature, x.number(1f));
        OnnxRef probabilities = x.softmax(x.div(sorted, hot));
        // The first has 0 before it and always stays. Sums of rounded probabilities may pass 1 early; 1 means all.
        OnnxRef some = x.max(topP, x.number(Float.MIN_NORMAL));
        OnnxRef mass = x.unsqueeze(x.add(some, x.floor(some)), 1);
        OnnxRef stays = x.less(x.sumBefore(probabilities), mass);
        OnnxRef least = x.reduceMin(x.where(stays, sorted, x.number(Float.POSITIVE_INFINITY)));
        return x.max(least, x.add(x.slice(sorted, 0, 1), depth));
    }

    /**
     * The number that each class would stand for, by the host's uniform number.
     *
     * @return int32 {@code [seq, batch, classes]}
     */
    OnnxRef numbers(Expressions x, int attribute, PerformerTables.Places places) {
        OnnxRef beyond = x.toInt(x.mul(uniform.get(UNIFORMS[attribute]), x.row("widths", places.widths())));
        return x.add(beyond, x.row("firsts", places.firsts()));
    }

    /** The host's number where it gave one, kept within what the attribute can be. */
    OnnxRef orForced(Expressions x, int attribute, OnnxRef chosen) {
        return x.where(given.get(attribute), forced.get(attribute), chosen);
    }

    /**
     * The whole note, with the host's numbers as they came.
     *
     * @param chosen int32 {@code [seq, batch, 4]}
     */
    OnnxRef note(Expressions x, OnnxRef chosen) {
        return x.where(allGiven, allForced, chosen);
    }
}
