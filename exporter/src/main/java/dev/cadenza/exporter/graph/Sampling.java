package dev.cadenza.exporter.graph;

import java.util.List;

/**
 * How one of several choices is taken: that with the greatest {@code (logit + bias) / temperature + noise} of those that
 * top-p and min-p leave, or the given one. With Gumbel noise that draws from the softmax. At temperature 0 it is the
 * greatest {@code logit + bias}.
 */
final class Sampling {
    /** The greatest number below 1: times a width it never becomes the width. */
    private static final float BELOW_ONE = Math.nextDown(1f);

    private static final int[] UNIFORMS = {0, -1, 1, 2};

    private final List<OnnxRef> bias;
    private final List<OnnxRef> noise;
    private final List<OnnxRef> uniform;
    private final List<OnnxRef> given;
    private final List<OnnxRef> forced;
    private final OnnxRef allGiven;
    private final OnnxRef allForced;
    private final OnnxRef temperature;
    private final OnnxRef topP;
    private final OnnxRef minP;
    /** Whether any row of the batch has some choices cut. */
    private final OnnxRef limited;

    /** @param choices how many each attribute has */
    Sampling(Expressions x, PerformerTables tables, PerformerInputs in, long... choices) {
        OnnxRef hot = x.greater(in.temperature(), x.number(0f));
        temperature = x.unsqueeze(x.where(hot, in.temperature(), x.number(1f)), 1);
        topP = in.topP();
        minP = in.minP();
        OnnxRef limits = x.max(in.minP(), x.sub(x.number(1f), in.topP()));
        limited = x.greater(x.greatest(limits), x.number(0f));
        bias = x.split(in.bias(), choices);
        noise = x.split(x.where(x.unsqueeze(hot, 1), in.noise(), x.number(0f)), choices);
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

    /**
     * The choice for every row.
     *
     * @param logits {@code [seq, batch, choices]}; those of what cannot be are below all biases
     * @return int64 {@code [seq, batch, 1]}
     */
    OnnxRef choice(Expressions x, int attribute, OnnxRef logits, int choices) {
        OnnxRef biased = x.add(logits, bias.get(attribute));
        OnnxRef scores = x.div(biased, temperature);
        OnnxRef noisy = x.add(scores, noise.get(attribute));
        return x.either(limited, y -> y.argMax(kept(y, scores, noisy, choices)), y -> y.argMax(noisy));
    }

    /** The noisy scores of what top-p and min-p leave, the others below all; equal scores stay or go together. */
    private OnnxRef kept(Expressions x, OnnxRef scores, OnnxRef noisy, int choices) {
        OnnxRef sorted = x.sorted(scores, choices).get(0);
        OnnxRef probabilities = x.softmax(sorted);
        OnnxRef share = x.unsqueeze(x.min(minP, x.number(1f)), 1);
        OnnxRef likely = x.atLeast(probabilities, x.mul(share, x.slice(probabilities, 0, 1)));
        // The first has 0 before it and always stays. Sums of rounded probabilities may pass 1 early; 1 means all.
        OnnxRef some = x.max(topP, x.number(Float.MIN_NORMAL));
        OnnxRef mass = x.unsqueeze(x.add(some, x.floor(some)), 1);
        OnnxRef stays = x.and(x.less(x.sumBefore(probabilities), mass), likely);
        OnnxRef least = x.reduceMin(x.where(stays, sorted, x.number(Float.POSITIVE_INFINITY)));
        return x.where(x.atLeast(scores, least), noisy, x.number(Float.NEGATIVE_INFINITY));
    }

    /**
     * A number of the chosen class, by the host's uniform number.
     *
     * @param choice {@code [seq, batch, 1]}
     * @return int32 {@code [seq, batch, 1]}
     */
    OnnxRef place(Expressions x, int attribute, OnnxRef choice, PerformerTables.Places places) {
        OnnxRef width = x.rows(x.row("widths", places.widths()), choice);
        OnnxRef beyond = x.toInt(x.mul(uniform.get(UNIFORMS[attribute]), width));
        return x.add(x.rows(x.row("firsts", places.firsts()), choice), beyond);
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
