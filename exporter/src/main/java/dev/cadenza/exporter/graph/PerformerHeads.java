package dev.cadenza.exporter.graph;

import dev.cadenza.notematrix.PerformerFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The four heads, each choosing its attribute before the next one begins. Units are {@code tanh(z + ..)}, where z is the
 * head's block of {@code h Wh + bh}; what goes into units and logits alike stands beside h, so that each is one product.
 */
final class PerformerHeads {
    /** The logit of a choice that there is not. */
    private static final float MASKED = -1e9f;

    /** What is added to it: no bias makes an allowed choice as bad. */
    private static final float NEVER = -1e30f;

    /** A key with a bias at or below this is one that the host forbids. */
    private static final float FORBIDDEN = -1e8f;

    private static final int INTERVAL = 0;
    private static final int PITCH = 1;
    private static final int VELOCITY = 2;
    private static final int DURATION = 3;

    private final PerformerTables tables;
    private final PerformerWeights weights;
    private final Products products;
    private final Sampling sampling;
    /** {@code [seq, batch, H]}. */
    private final OnnxRef h;

    private final OnnxRef pitches;

    PerformerHeads(
            Expressions x,
            PerformerTables tables,
            PerformerWeights weights,
            Products products,
            Sampling sampling,
            OnnxRef h) {
        this.tables = tables;
        this.weights = weights;
        this.products = products;
        this.sampling = sampling;
        this.h = h;
        int[] all = new int[PerformerTables.KEYS];
        for (int key = 0; key < all.length; key++) {
            all[key] = PerformerTables.LOWEST_PITCH + key;
        }
        pitches = x.row("pitches", all);
    }

    /**
     * What a head says.
     *
     * @param logits {@code [seq, batch, choices]}, masked
     * @param value int32 {@code [seq, batch, 1]}, as a note has it: ticks, MIDI pitch, velocity
     */
    record Said(OnnxRef logits, OnnxRef value) {}

    /**
     * Ticks to the next note.
     *
     * @param remaining of the keys at the onset of the note before, int32 {@code [seq, batch, 88]}
     * @param ends of the keys there {@code [seq, batch, 124]}
     * @param lastPitch of the note before, int32 {@code [seq, batch, 1]}; -1 if there is none
     */
    Said interval(Expressions x, OnnxRef remaining, OnnxRef ends, OnnxRef lastPitch) {
        OnnxRef units = units(x, INTERVAL, List.of(), List.of(ends), weights.of("Ri"));
        OnnxRef logits = products.product(
                x,
                "logit_weights",
                x.concat(units, ends),
                Matrix.stacked(weights.of("Oi"), weights.of("Di")),
                weights.of("ci"));
        // Notes of one onset ascend: class 0 needs a key above the last that can be struck.
        float[] sameOnset = new float[tables.intervals()];
        sameOnset[0] = NEVER;
        OnnxRef penalty = x.row("same_onset", sameOnset);
        OnnxRef free = x.where(x.less(remaining, x.number(1)), pitches, x.number(0));
        OnnxRef allowed = x.toInt(x.greater(sampling.bias(PITCH), x.number(FORBIDDEN)));
        OnnxRef none = x.atMost(x.reduceMax(free), lastPitch);
        OnnxRef noneAllowed = x.atMost(x.reduceMax(x.mul(free, allowed)), lastPitch);
        OnnxRef choice =
                sampling.choice(x, INTERVAL, x.add(logits, x.mul(x.toFloat(noneAllowed), penalty)), tables.intervals());
        OnnxRef ticks = sampling.place(x, INTERVAL, choice, tables.intervalPlaces());
        OnnxRef possible = x.add(logits, x.mul(x.toFloat(none), penalty));
        return new Said(masked(x, possible), sampling.orForced(x, INTERVAL, ticks));
    }

    /**
     * The next note's pitch. A key that sounds is struck only where all 88 do.
     *
     * @param remaining of the keys at its onset, int32 {@code [seq, batch, 88]}
     * @param seen the keys' numbers there, {@code [seq, batch, 440]} in pieces
     * @param interval int32 {@code [seq, batch, 1]}, ticks
     * @param intervalClass int32 {@code [seq, batch]}
     */
    Said pitch(
            Expressions x,
            OnnxRef remaining,
            List<OnnxRef> seen,
            OnnxRef interval,
            OnnxRef intervalClass,
            OnnxRef lastPitch) {
        int[] order = PerformerTables.keyOrder();
        OnnxRef units = units(
                x,
                PITCH,
                List.of(chosen(x, "Ip", intervalClass)),
                seen,
                weights.of("Kp").inOrder(order));
        OnnxRef logits = products.product(
                x,
                "logit_weights",
                joined(x, units, seen),
                Matrix.stacked(weights.of("Op"), weights.of("Dp").inOrder(order)),
                weights.of("cp"));
        OnnxRef below = x.where(x.equal(interval, x.number(0)), lastPitch, x.number(0));
        OnnxRef forbidden = x.or(x.greater(remaining, x.number(0)), x.atMost(pitches, below));
        OnnxRef possible = unless(x, forbidden, logits);
        OnnxRef key = x.toInt(sampling.choice(x, PITCH, possible, PerformerTables.KEYS));
        OnnxRef pitch = x.add(key, x.number(PerformerTables.LOWEST_PITCH));
        return new Said(masked(x, possible), sampling.orForced(x, PITCH, pitch));
    }

    /** The next note's velocity; {@code key} is int32 {@code [seq, batch]}. */
    Said velocity(Expressions x, OnnxRef intervalClass, OnnxRef key) {
        List<OnnxRef> known = List.of(chosen(x, "Iv", intervalClass), chosen(x, "Pv", key));
        OnnxRef units = units(x, VELOCITY, known, List.of());
        OnnxRef logits = products.product(x, "logit_weights", units, weights.of("Ov"), weights.of("cv"));
        OnnxRef choice = sampling.choice(x, VELOCITY, logits, tables.velocities());
        OnnxRef velocity = sampling.place(x, VELOCITY, choice, tables.velocityPlaces());
        return new Said(logits, sampling.orForced(x, VELOCITY, velocity));
    }

    /**
     * The next note's duration.
     *
     * @param ends of the keys at its onset {@code [seq, batch, 124]}
     * @param copyTicks int32 {@code [seq, batch, 128]}, the durations to copy behind the classes; below 1 where there is
     *     none
     * @param copyFeatures {@code [seq, batch, 8]}
     */
    Said duration(
            Expressions x,
            OnnxRef ends,
            OnnxRef copyTicks,
            OnnxRef copyFeatures,
            OnnxRef intervalClass,
            OnnxRef key,
            OnnxRef velocityClass) {
        int classes = tables.durations();
        int choices = classes + PerformerFeatures.COPIES;
        int[] order = PerformerTables.copyOrder();
        OnnxRef units = units(
                x,
                DURATION,
                List.of(chosen(x, "Id", intervalClass), chosen(x, "Pd", key), chosen(x, "Vd", velocityClass)),
                List.of(ends, copyFeatures),
                weights.of("Rd"),
                weights.of("Fd").inOrder(order));
        OnnxRef logits = products.product(
                x,
                "logit_weights",
                x.concat(units, ends, copyFeatures),
                Matrix.stacked(
                        weights.of("Od"),
                        weights.of("Dd").within(choices, 0),
                        weights.of("Gd").inOrder(order).within(choices, classes)),
                weights.of("cd"));
        // Class 0 is no duration at all.
        int[] needed = new int[choices];
        needed[0] = 1;
        Arrays.fill(needed, classes, choices, 1);
        OnnxRef forbidden = x.less(copyTicks, x.row("needed", needed));
        OnnxRef possible = unless(x, forbidden, logits);
        OnnxRef choice = sampling.choice(x, DURATION, possible, choices);
        OnnxRef ticks =
                x.add(sampling.place(x, DURATION, choice, tables.durationPlaces()), x.elements(copyTicks, choice));
        return new Said(masked(x, possible), sampling.orForced(x, DURATION, ticks));
    }

    /**
     * The units of a head.
     *
     * @param known embeddings of what is chosen already
     * @param seen numbers beside h, with their weights
     */
    private OnnxRef units(Expressions x, int head, List<OnnxRef> known, List<OnnxRef> seen, Matrix... seenWeights) {
        int from = head * weights.units();
        int to = from + weights.units();
        List<Matrix> matrices = new ArrayList<>(List.of(weights.of("Wh").columns(from, to)));
        matrices.addAll(List.of(seenWeights));
        List<OnnxRef> terms = new ArrayList<>(List.of(products.product(
                x,
                "unit_weights",
                joined(x, h, seen),
                Matrix.stacked(matrices.toArray(Matrix[]::new)),
                weights.of("bh").columns(from, to))));
        terms.addAll(known);
        return x.tanh(terms.size() == 1 ? terms.get(0) : x.sum(terms));
    }

    private OnnxRef chosen(Expressions x, String table, OnnxRef classes) {
        return x.rows(products.table(x, table, weights.of(table)), classes);
    }

    private static OnnxRef joined(Expressions x, OnnxRef first, List<OnnxRef> others) {
        List<OnnxRef> all = new ArrayList<>(List.of(first));
        all.addAll(others);
        return others.isEmpty() ? first : x.concat(all.toArray(OnnxRef[]::new));
    }

    /** Far below every bias where a choice is forbidden. */
    private static OnnxRef unless(Expressions x, OnnxRef forbidden, OnnxRef logits) {
        return x.add(logits, x.mul(x.toFloat(forbidden), x.number(NEVER)));
    }

    private static OnnxRef masked(Expressions x, OnnxRef possible) {
        return x.max(possible, x.number(MASKED));
    }
}
