package dev.cadenza.exporter.kind.performer;

import dev.cadenza.exporter.graph.Expressions;
import dev.cadenza.exporter.graph.OnnxRef;
import dev.cadenza.notematrix.PerformerFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How likely a note was, in nats by attribute, from the masked logits at temperature 1. A class' probability is shared
 * evenly by the times in it. A duration can be said in several ways, by its class and by each copy of the same time, and
 * has the sum of their probabilities.
 *
 * <p>There is no {@code Log} in the graph, whose kernel gives other bits in other batches; {@code ReduceLogSumExp} does
 * not.
 */
final class PerformerLikelihood {
    /** In place of the logarithm of 0. */
    private static final float NONE = -1e30f;

    /** What a logarithm is at least, as logits are. */
    private static final float LEAST = -1e9f;

    private static final int ATTRIBUTES = PerformerTables.ATTRIBUTES;

    private PerformerLikelihood() {}

    /**
     * One attribute.
     *
     * @param logits {@code [seq, batch, ..]}, masked
     * @param choice the class, int32 {@code [seq, batch, 1]}
     * @param logWidths by class and copy, how many times share its probability
     */
    record Attribute(OnnxRef logits, OnnxRef choice, float[] logWidths) {}

    /**
     * Writes the likelihood.
     *
     * @param named for the node that holds the result, {@code [seq, batch, 4]}
     * @param attributes interval, pitch, velocity and duration, whose last choices are the copies
     * @param copies durations to copy, int32 {@code [seq, batch, 4]}
     * @param ticks the duration, int32 {@code [seq, batch, 1]}
     */
    static OnnxRef write(Expressions x, Expressions named, List<Attribute> attributes, OnnxRef copies, OnnxRef ticks) {
        List<OnnxRef> chances = new ArrayList<>();
        List<OnnxRef> choices = new ArrayList<>();
        int[] offsets = new int[ATTRIBUTES];
        float[] logWidths = {};
        for (int i = 0; i < ATTRIBUTES; i++) {
            Attribute attribute = attributes.get(i);
            chances.add(x.logSoftmax(attribute.logits()));
            choices.add(attribute.choice());
            offsets[i] = logWidths.length;
            float[] more = attribute.logWidths();
            float[] all = Arrays.copyOf(logWidths, logWidths.length + more.length);
            System.arraycopy(more, 0, all, logWidths.length, more.length);
            logWidths = all;
        }
        OnnxRef shared = x.sub(x.concat(chances.toArray(OnnxRef[]::new)), x.row("log_widths", logWidths));
        OnnxRef classes =
                x.elements(shared, x.add(x.concat(choices.toArray(OnnxRef[]::new)), x.row("offsets", offsets)));
        List<OnnxRef> plainAndDuration = x.split(x.max(classes, x.number(LEAST)), ATTRIBUTES - 1, 1);
        int first = logWidths.length - PerformerFeatures.COPIES;
        OnnxRef copied = x.where(x.equal(copies, ticks), x.slice(shared, first, logWidths.length), x.number(NONE));
        OnnxRef duration = x.logSumExp(x.concat(plainAndDuration.get(1), copied));
        return named.concat(plainAndDuration.get(0), duration);
    }
}
