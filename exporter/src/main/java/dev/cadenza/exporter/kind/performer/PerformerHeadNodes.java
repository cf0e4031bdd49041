package dev.cadenza.exporter.kind.performer;

import dev.cadenza.exporter.graph.Expressions;
import dev.cadenza.exporter.graph.Matrix;
import dev.cadenza.exporter.graph.OnnxRef;
import dev.cadenza.exporter.graph.ProductNodes;
import dev.cadenza.notematrix.PerformerFeatures;
import dev.cadenza.notematrix.RecallFeatures;
import java.util.Arrays;
import java.util.List;

/**
 * The four heads, each choosing its attribute before the next one begins. Units are {@code tanh(z + ..)}, where z is
 * the head's block of {@code h Wh + bh}, one product for all heads; what else goes into the logits stands in further
 * columns, so that they are one product.
 */
final class PerformerHeadNodes {
    /** The logit of a choice that there is not. */
    static final float MASKED = -1e9f;

    /** What stands for it while choices are made: no bias makes an allowed choice as bad. */
    private static final float NEVER = -1e30f;

    /** A key with a bias at or below this is one that the host forbids. */
    private static final float FORBIDDEN = -1e8f;

    /** Ticks times this are more than there are pitches. */
    private static final int BEYOND_PITCHES = 200;

    private static final int INTERVAL = 0;
    private static final int PITCH = 1;
    private static final int VELOCITY = 2;
    private static final int DURATION = 3;

    private final PerformerTables tables;
    private final PerformerWeights weights;
    private final ProductNodes products;
    private final Sampling sampling;
    /** Blocks of {@code h Wh + bh}: interval, pitch, velocity and duration, {@code [seq, batch, U or 2 U]}. */
    private final List<OnnxRef> fromH;
    /** By key, above 0 where it is not above the last pitch, int32 {@code [seq, batch, 88]}. */
    private final OnnxRef notAbove;

    /**
     * @param h {@code [seq, batch, H]}
     * @param lastPitch of the note before, int32 {@code [seq, batch, 1]}; -1 if there is none
     */
    PerformerHeadNodes(
            Expressions x,
            PerformerTables tables,
            PerformerWeights weights,
            ProductNodes products,
            Sampling sampling,
            OnnxRef h,
            OnnxRef lastPitch) {
        this.tables = tables;
        this.weights = weights;
        this.products = products;
        this.sampling = sampling;
        int units = weights.units();
        fromH = x.split(
                products.product(x, "unit_weights", h, weights.of("Wh"), weights.of("bh")), units, units, 2L * units);
        int[] below = new int[PerformerTables.KEYS];
        for (int key = 0; key < below.length; key++) {
            below[key] = PerformerTables.LOWEST_PITCH + key - 1;
        }
        notAbove = x.sub(lastPitch, x.row("pitches_below", below));
    }

    /**
     * What a head says.
     *
     * @param logits {@code [seq, batch, choices]}; of what there is not far below all others
     * @param value int32 {@code [seq, batch, 1]}, as a note has it: ticks, MIDI pitch, velocity
     */
    record Said(OnnxRef logits, OnnxRef value) {}

    /**
     * Ticks to the next note.
     *
     * @param remaining of the keys at the onset of the note before, int32 {@code [seq, batch, 88]}
     * @param ends of the keys there {@code [seq, batch, 124]}
     * @param recalled {@code [seq, batch, 124]}; none where the network recalls nothing, as in the heads below
     */
    Said interval(Expressions x, OnnxRef remaining, OnnxRef ends, OnnxRef recalled) {
        OnnxRef units = x.tanh(x.add(
                fromH.get(0),
                seen(
                        x,
                        x.concat(with(recalled, ends)),
                        with("Mi", weights.of("Ri").withoutFirst()))));
        OnnxRef logits = products.product(
                x,
                "logit_weights",
                x.concat(with(recalled, units, ends)),
                with("Ni", weights.of("Oi"), weights.of("Di").withoutFirst()),
                weights.of("ci"));
        // Notes of one onset ascend: class 0 needs a key above the last that can be struck, and may.
        OnnxRef may = x.where(x.greater(sampling.bias(PITCH), x.number(FORBIDDEN)), x.number(2), x.number(1));
        OnnxRef blocked = x.max(remaining, notAbove);
        OnnxRef above = x.greatest(x.where(x.less(blocked, x.number(1)), may, x.number(0)));
        OnnxRef possible = x.add(logits, x.rows(sameOnset(x, "where_none_can", 1), above));
        OnnxRef bias = x.add(sampling.bias(INTERVAL), x.rows(sameOnset(x, "where_none_may", 2), above));
        OnnxRef choice = sampling.choice(x, INTERVAL, x.add(possible, bias), tables.intervals());
        OnnxRef ticks = x.elements(sampling.numbers(x, INTERVAL, tables.intervalPlaces()), choice);
        return new Said(possible, sampling.orForced(x, INTERVAL, ticks));
    }

    /** What is added to intervals, in rows: class 0 is none in the rows before {@code allowed}. */
    private OnnxRef sameOnset(Expressions x, String name, int allowed) {
        float[] rows = new float[3 * tables.intervals()];
        for (int row = 0; row < allowed; row++) {
            rows[row * tables.intervals()] = NEVER;
        }
        return x.table(name, rows, tables.intervals());
    }

    /**
     * The next note's pitch. A key that sounds is struck only where all 88 do.
     *
     * @param remaining of the keys at its onset, int32 {@code [seq, batch, 88]}
     * @param seen the keys' numbers there, {@code [seq, batch, 440]}
     * @param recalled {@link RecallInput#keys}
     * @param interval int32 {@code [seq, batch, 1]}, ticks
     * @param intervalClass int32 {@code [seq, batch]}
     */
    Said pitch(
            Expressions x, OnnxRef remaining, OnnxRef seen, OnnxRef recalled, OnnxRef interval, OnnxRef intervalClass) {
        int[] order = PerformerTables.keyOrder();
        OnnxRef units = x.tanh(x.sum(List.of(
                fromH.get(1),
                seen(
                        x,
                        x.concat(with(recalled, seen)),
                        with("Mp", weights.of("Kp").inOrder(order))),
                chosen(x, "Ip", weights.of("Ip"), intervalClass))));
        OnnxRef logits = products.product(
                x,
                "logit_weights",
                x.concat(with(recalled, units, seen)),
                with("Np", weights.of("Op"), weights.of("Dp").inOrder(order)),
                weights.of("cp"));
        OnnxRef notAboveNow = x.sub(notAbove, x.mul(interval, x.number(BEYOND_PITCHES)));
        OnnxRef possible = unless(x, x.greater(x.max(remaining, notAboveNow), x.number(0)), logits);
        OnnxRef choice = sampling.choice(x, PITCH, x.add(possible, sampling.bias(PITCH)), PerformerTables.KEYS);
        OnnxRef pitch = x.add(x.toInt(choice), x.number(PerformerTables.LOWEST_PITCH));
        return new Said(possible, sampling.orForced(x, PITCH, pitch));
    }

    /**
     * What the heads of velocity and duration know of interval and pitch.
     *
     * @param intervalClass int32 {@code [seq, batch]}
     * @param key int32 {@code [seq, batch]}
     * @return their sums before what comes later, each {@code [seq, batch, U]}
     */
    List<OnnxRef> both(Expressions x, OnnxRef intervalClass, OnnxRef key) {
        OnnxRef sum = x.sum(List.of(
                fromH.get(2),
                chosen(x, "Ivd", weights.of("Iv").appendColumns(weights.of("Id")), intervalClass),
                chosen(x, "Pvd", weights.of("Pv").appendColumns(weights.of("Pd")), key)));
        return x.split(sum, weights.units(), weights.units());
    }

    /** The next note's velocity. */
    Said velocity(Expressions x, OnnxRef known, OnnxRef recalled) {
        OnnxRef units = x.tanh(weights.recalls() ? x.add(known, seen(x, recalled, weights.of("Mv"))) : known);
        OnnxRef logits = products.product(
                x, "logit_weights", x.concat(with(recalled, units)), with("Nv", weights.of("Ov")), weights.of("cv"));
        OnnxRef choice = sampling.choice(x, VELOCITY, x.add(logits, sampling.bias(VELOCITY)), tables.velocities());
        OnnxRef velocity = x.elements(sampling.numbers(x, VELOCITY, tables.velocityPlaces()), choice);
        return new Said(logits, sampling.orForced(x, VELOCITY, velocity));
    }

    /**
     * The next note's duration.
     *
     * @param ends of the keys at its onset {@code [seq, batch, 124]}
     * @param copies durations to copy, int32 {@code [seq, batch, 4]}; below 1 where there is none
     * @param copyFeatures {@code [seq, batch, 8]}
     * @param velocityClass int32 {@code [seq, batch]}
     */
    Said duration(
            Expressions x,
            OnnxRef known,
            OnnxRef ends,
            OnnxRef copies,
            OnnxRef copyFeatures,
            OnnxRef recalled,
            OnnxRef velocityClass) {
        int classes = tables.durations();
        int choices = classes + PerformerFeatures.COPIES;
        Matrix copyWeights = weights.of("Fd").inOrder(PerformerTables.copyOrder());
        OnnxRef units = x.tanh(x.sum(List.of(
                known,
                chosen(x, "Vd", weights.of("Vd"), velocityClass),
                seen(
                        x,
                        x.concat(with(recalled, ends, copyFeatures)),
                        with("Md", weights.of("Rd").withoutFirst(), copyWeights)))));
        OnnxRef logits = products.product(
                x,
                "logit_weights",
                x.concat(with(recalled, units, ends, copyFeatures)),
                with(
                        "Nd",
                        weights.of("Od"),
                        weights.of("Dd").withoutFirst().within(choices, 0),
                        weights.of("Gd").inOrder(PerformerTables.copyOrder()).within(choices, classes)),
                weights.of("cd"));
        // Of the classes, only the first is not a duration.
        OnnxRef numbers = x.concat(sampling.numbers(x, DURATION, tables.durationPlaces()), copies);
        OnnxRef possible = unless(x, x.less(numbers, x.number(1)), logits);
        OnnxRef choice = sampling.choice(x, DURATION, x.add(possible, sampling.bias(DURATION)), choices);
        return new Said(possible, sampling.orForced(x, DURATION, x.elements(numbers, choice)));
    }

    /** The parts, and what is recalled behind them if there is any. */
    private OnnxRef[] with(OnnxRef recalled, OnnxRef... parts) {
        if (!weights.recalls()) {
            return parts;
        }
        OnnxRef[] more = Arrays.copyOf(parts, parts.length + 1);
        more[parts.length] = recalled;
        return more;
    }

    /** The weights of the parts, and of what is recalled behind them; as wide as the parts' with zeros. */
    private Matrix with(String recalled, Matrix... parts) {
        Matrix stacked = Matrix.stacked(parts);
        if (!weights.recalls()) {
            return stacked;
        }
        Matrix own = weights.of(recalled);
        Matrix apart = own.rows() == RecallFeatures.KEYS_WIDTH ? RecallInput.keyWeights(own) : own;
        return Matrix.stacked(stacked, apart.within(stacked.columns(), 0));
    }

    /** What a head's units get in addition to z and embeddings. */
    private OnnxRef seen(Expressions x, OnnxRef seen, Matrix seenWeights) {
        return products.product(x, "seen_weights", seen, seenWeights);
    }

    private OnnxRef chosen(Expressions x, String name, Matrix table, OnnxRef classes) {
        return x.rows(products.table(x, name, table), classes);
    }

    private static OnnxRef unless(Expressions x, OnnxRef forbidden, OnnxRef logits) {
        return x.where(forbidden, x.number(NEVER), logits);
    }
}
