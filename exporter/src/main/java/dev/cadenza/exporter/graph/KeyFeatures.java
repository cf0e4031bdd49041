package dev.cadenza.exporter.graph;

import java.util.Arrays;
import java.util.List;

/** What the network sees of the keys, from their state at any onset. */
final class KeyFeatures {
    private static final int PER_KEY = 3;

    private final PerformerTables tables;
    private final OnnxRef times;
    private final OnnxRef decays;
    private final OnnxRef loudness;
    private final OnnxRef durationClasses;
    /** int32 {@code [seq, batch, 124]}. */
    private final OnnxRef noEnds;

    /** @param note gives the dims seq and batch */
    KeyFeatures(Expressions x, PerformerTables tables, OnnxRef note) {
        this.tables = tables;
        times = x.table("remaining_times", tables.remainingTimes(), 2);
        decays = x.table("decays", tables.decays(), PER_KEY);
        loudness = x.table("loudness", tables.loudness(), PER_KEY);
        durationClasses = x.row("duration_classes", tables.durationClasses());
        OnnxRef rows = x.node(
                OnnxOperator.SHAPE, List.of(note), Expressions.integer("start", 0), Expressions.integer("end", 2));
        noEnds = x.node(
                OnnxOperator.EXPAND,
                x.row("no_ends", new int[tables.durations()]),
                x.concat(rows, x.longs(tables.durations())));
    }

    /** Class by ticks, the last row for no time. */
    OnnxRef durationClasses() {
        return durationClasses;
    }

    /**
     * The keys at one onset.
     *
     * @param remaining int32 {@code [seq, batch, 88]}, ticks still to sound
     * @param times {@code [seq, batch, 176]}, the numbers of the remaining time
     * @param decays {@code [seq, batch, 264]}, the numbers of the past time
     * @param ends {@code [seq, batch, 124]}, 1 for each class of duration after which some key ends
     */
    record Keys(OnnxRef remaining, OnnxRef times, OnnxRef decays, OnnxRef ends) {}

    /** @param keys int32 {@code [seq, batch, 88, 3]} */
    Keys at(Expressions x, OnnxRef keys) {
        List<OnnxRef> columns = x.split(keys, 1, 1, 1);
        OnnxRef remaining = x.squeeze(columns.get(0), 3);
        OnnxRef decayed = x.mul(x.rows(decays, columns.get(1)), x.rows(loudness, columns.get(2)));
        return new Keys(remaining, x.flat(x.rows(times, remaining)), x.flat(decayed), ends(x, remaining));
    }

    /** Remaining times summed up by class are at least 1 where there are any; the silent keys' class sums up to below 1. */
    private OnnxRef ends(Expressions x, OnnxRef remaining) {
        OnnxRef sums = x.scatterAdd(noEnds, x.rows(durationClasses, remaining), remaining);
        return x.toFloat(x.max(x.min(sums, x.number(1)), x.number(0)));
    }

    /**
     * The keys so many ticks later.
     *
     * @param keys int32 {@code [seq, batch, 88, 3]}
     * @param ticks int32 {@code [seq, batch, 1]}
     */
    OnnxRef later(Expressions x, OnnxRef keys, OnnxRef ticks) {
        OnnxRef passed = x.mul(x.unsqueeze(ticks, 3), x.row("directions", -1, 1, 0));
        OnnxRef atLeast = x.max(x.add(keys, passed), x.row("lowest", PerformerTables.lowestKey()));
        return x.min(atLeast, x.row("highest", tables.highestKey()));
    }

    /**
     * The keys with one of them struck.
     *
     * @param named for the node that holds the result
     * @param keys int32 {@code [seq, batch, 88, 3]}
     * @param key int32 {@code [seq, batch, 1]}, from 0; velocity and duration likewise
     */
    OnnxRef struck(Expressions x, Expressions named, OnnxRef keys, OnnxRef key, OnnxRef velocity, OnnxRef duration) {
        int[] all = new int[PerformerTables.KEYS];
        Arrays.setAll(all, i -> i);
        OnnxRef own = x.unsqueeze(x.equal(x.row("keys", all), key), 3);
        OnnxRef age = x.mul(key, x.number(0));
        return named.where(own, x.unsqueeze(x.concat(duration, age, velocity), 2), keys);
    }
}
