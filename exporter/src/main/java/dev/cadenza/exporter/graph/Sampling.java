package dev.cadenza.exporter.graph;

import java.util.List;

/**
 * How one of several choices is taken: that with the greatest {@code (logit + bias) / temperature + noise} of those that
 * top-p and min-p leave, or the given one. With Gumbel noise that draws from the softmax. At temperature 0 it is the
 * greatest {@code logit + bias}.
 */
final class Sampling {
    /** What a forbidden choice's logit counts as: below what any bias makes of an allowed one. */
    private static final float NEVER = -1e30f;

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

    /** @param choices how many each attribute has */
    Sampling(Expressions x, PerformerTables tables, PerformerInputs in, long... choices) {
        OnnxRef hot = x.greater(in.temperature(), x.number(0f));
        temperature = x.unsqueeze(x.where(hot, in.temperature(), x.number(1f)), 1);
        // Sums of rounded probabilities may pass 1 early; 1 means all. The first choice has 0 before it and always
        // stays.
        OnnxRef some = x.max(in.topP(), x.number(Float.MIN_NORMAL));
        topP = x.unsqueeze(x.where(x.less(in.topP(), x.number(1f)), some, x.number(2f)), 1);
        minP = x.unsqueeze(x.min(in.minP(), x.number(1f)), 1);
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
     * @param logits {@code [seq, batch, choices]}, not masked
     * @param forbidden which choices there are not, {@code [seq, batch, choices]}; {@link OnnxRef#NONE} if there are all
     * @return int64 {@code [seq, batch, 1]}
     */
    OnnxRef choice(Expressions x, int attribute, OnnxRef logits, OnnxRef forbidden, int choices) {
        OnnxRef biased = x.add(logits, bias.get(attribute));
        if (!forbidden.equals(OnnxRef.NONE)) {
            biased = x.where(forbidden, x.number(NEVER), biased);
        }
        List<OnnxRef> sorted = x.sorted(x.div(biased, temperature), choices);
        OnnxRef scores = sorted.get(0);
        OnnxRef places = sorted.get(1);
        OnnxRef probabilities = x.softmax(scores);
        OnnxRef likely = x.atLeast(probabilities, x.mul(minP, x.slice(probabilities, 0, 1)));
        OnnxRef kept = x.and(x.less(x.sumBefore(probabilities), topP), likely);
        OnnxRef noisy = x.add(scores, x.elements(noise.get(attribute), places));
        OnnxRef best = x.argMax(x.where(kept, noisy, x.number(Float.NEGATIVE_INFINITY)));
        return x.elements(places, best);
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
