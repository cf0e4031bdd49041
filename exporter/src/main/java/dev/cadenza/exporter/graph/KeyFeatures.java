package dev.cadenza.exporter.graph;

import java.util.List;

/** The state of the keys, and what the network sees of it, at any onset. */
final class KeyFeatures {
    private static final int PER_KEY = 3;

    private final PerformerTables tables;
    private final OnnxRef times;
    private final OnnxRef decays;
    private final OnnxRef loudness;
    private final OnnxRef durationClasses;
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

    /** Zeros, int32 {@code [seq, batch, 124]}. */
    OnnxRef noEnds() {
        return noEnds;
    }

    /**
     * The keys at one onset, int32.
     *
     * @param remaining ticks still to sound {@code [seq, batch, 88]}
     * @param age ticks since it was struck {@code [seq, batch, 88, 1]}
     * @param velocity that it was struck with {@code [seq, batch, 88, 1]}
     * @param loudness what its decays are multiplied by {@code [seq, batch, 88, 1, 3]}, float32
     */
    record Keys(OnnxRef remaining, OnnxRef age, OnnxRef velocity, OnnxRef loudness) {}

    /** The keys as they come in, int32 {@code [seq, batch, 88, 3]}. */
    Keys keys(Expressions x, OnnxRef columns) {
        List<OnnxRef> split = x.split(columns, 1, 1, 1);
        OnnxRef velocity = split.get(2);
        return new Keys(x.squeeze(split.get(0), 3), split.get(1), velocity, x.rows(loudness, velocity));
    }

    /** The keys so many ticks later, int32 {@code [seq, batch, 1]}. */
    Keys later(Expressions x, Keys keys, OnnxRef ticks) {
        int[] highest = tables.highestKey();
        OnnxRef remaining = x.max(x.sub(keys.remaining(), ticks), x.number(PerformerTables.lowestKey()[0]));
        OnnxRef age = x.min(x.add(keys.age(), x.unsqueeze(ticks, 3)), x.number(highest[1]));
        return new Keys(remaining, age, keys.velocity(), keys.loudness());
    }

    /** The numbers of the remaining time {@code [seq, batch, 176]}. */
    OnnxRef times(Expressions x, Keys keys) {
        return x.flat(x.rows(times, keys.remaining()));
    }

    /** The numbers of the past time {@code [seq, batch, 264]}. */
    OnnxRef decays(Expressions x, Keys keys) {
        return x.flat(x.mul(x.rows(decays, keys.age()), keys.loudness()));
    }

    /** 1 for each class of duration after which some key ends {@code [seq, batch, 124]}. */
    OnnxRef ends(Expressions x, Keys keys) {
        // Ticks summed up by class: at least 1 where there are any, at most 0 in the class of the silent keys.
        OnnxRef sums = x.scatterAdd(noEnds, x.rows(durationClasses, keys.remaining()), keys.remaining());
        return x.toFloat(x.clip(sums, 0, 1));
    }

    /**
     * The keys with one of them struck, int32 {@code [seq, batch, 88, 3]}.
     *
     * @param named for the node that holds the result
     * @param key int32 {@code [seq, batch, 1]}, from 0; velocity and duration likewise
     */
    OnnxRef struck(Expressions x, Expressions named, Keys keys, OnnxRef key, OnnxRef velocity, OnnxRef duration) {
        OnnxRef columns = x.concat(x.unsqueeze(keys.remaining(), 3), keys.age(), keys.velocity());
        OnnxRef row = x.add(x.unsqueeze(key, 2), x.row("columns", new int[PER_KEY]));
        OnnxRef age = x.mul(key, x.number(0));
        return named.scatter(columns, 2, row, x.unsqueeze(x.concat(duration, age, velocity), 2));
    }
}
