package dev.cadenza.exporter.graph;

import java.util.Arrays;

/**
 * How likely a note was, in nats by attribute, from the masked logits at temperature 1. A class' probability is shared
 * evenly by the times in it. A duration can be said in several ways, by its class and by each copy of the same time, and
 * has the sum of their probabilities.
 *
 * <p>There is no {@code Log} in the graph, whose kernel gives other bits in other batches: ln sum exp of numbers is their
 * maximum less the maximum of their {@code LogSoftmax}.
 */
final class PerformerLikelihood {
    /** In place of the logarithm of 0. */
    private static final float NONE = -1e30f;

    private final PerformerTables tables;

    PerformerLikelihood(PerformerTables tables) {
        this.tables = tables;
    }

    /** Interval, pitch and velocity: logits {@code [seq, batch, ..]}, chosen classes int32 {@code [seq, batch, 1]}. */
    record Plain(OnnxRef logits, OnnxRef choice, float[] logWidths) {}

    /**
     * Attributes with one way to say them.
     *
     * @return {@code [seq, batch, attributes]}
     */
    OnnxRef plain(Expressions x, Plain... attributes) {
        OnnxRef[] chances = new OnnxRef[attributes.length];
        OnnxRef[] choices = new OnnxRef[attributes.length];
        int[] offsets = new int[attributes.length];
        float[] logWidths = {};
        for (int i = 0; i < attributes.length; i++) {
            chances[i] = x.logSoftmax(attributes[i].logits());
            choices[i] = attributes[i].choice();
            offsets[i] = logWidths.length;
            float[] more = attributes[i].logWidths();
            float[] all = Arrays.copyOf(logWidths, logWidths.length + more.length);
            System.arraycopy(more, 0, all, logWidths.length, more.length);
            logWidths = all;
        }
        OnnxRef shared = x.sub(x.concat(chances), x.row("log_widths", logWidths));
        return x.elements(shared, x.add(x.concat(choices), x.row("offsets", offsets)));
    }

    /**
     * The duration.
     *
     * @param copyTicks int32 {@code [seq, batch, 128]}, durations to copy behind the classes
     * @param ticks the duration, int32 {@code [seq, batch, 1]}
     * @param choice its class, int32 {@code [seq, batch, 1]}
     * @return {@code [seq, batch, 1]}
     */
    OnnxRef duration(Expressions x, OnnxRef logits, OnnxRef copyTicks, OnnxRef ticks, OnnxRef choice) {
        float[] logWidths = tables.durationPlaces().logWidths();
        int[] choices = new int[logWidths.length];
        Arrays.setAll(choices, i -> i);
        OnnxRef shared = x.sub(x.logSoftmax(logits), x.row("duration_log_widths", logWidths));
        OnnxRef itsClass = x.equal(x.row("choices", choices), choice);
        OnnxRef ways = x.where(x.or(itsClass, x.equal(copyTicks, ticks)), shared, x.number(NONE));
        return x.sub(x.reduceMax(ways), x.reduceMax(x.logSoftmax(ways)));
    }
}
