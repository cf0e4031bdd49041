package dev.cadenza.exporter.kind.performer;

import dev.cadenza.exporter.graph.Expressions;
import dev.cadenza.exporter.graph.OnnxRef;
import java.util.Arrays;
import java.util.List;

/** The state of the keys, and what the network sees of it, at any onset. */
final class KeyFeatureNodes {
    private static final int PER_KEY = 3;

    private final PerformerTables tables;
    private final OnnxRef times;
    private final OnnxRef decays;
    private final OnnxRef loudness;
    private final OnnxRef durationClasses;
    private final OnnxRef noEnds;
    private final OnnxRef marks;

    /**
     * @param classwise any finite numbers {@code [seq, batch, 124]}
     * @param keywise any finite numbers {@code [seq, batch, 88]}
     */
    KeyFeatureNodes(Expressions x, PerformerTables tables, OnnxRef classwise, OnnxRef keywise) {
        this.tables = tables;
        times = x.table("remaining_times", tables.remainingTimes(), 2);
        decays = x.table("decays", tables.decays(), PER_KEY);
        loudness = x.table("loudness", tables.loudness(), PER_KEY);
        durationClasses = x.row("duration_classes", tables.durationClasses());
        // Constants of the run's dims.
        noEnds = x.clip(classwise, 0f, 0f);
        marks = x.clip(keywise, 1f, 1f);
    }

    /** Class by ticks, the last row for no time. */
    OnnxRef durationClasses() {
        return durationClasses;
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

    /**
     * 1 for each class of duration after which some key ends {@code [seq, batch, 124]}. In class 0, which is not a
     * duration, it has no meaning: its weights must be 0.
     */
    OnnxRef ends(Expressions x, Keys keys) {
        return x.scatter(noEnds, -1, x.rows(durationClasses, keys.remaining()), marks);
    }

    /**
     * The keys with one of them struck, int32 {@code [seq, batch, 88, 3]}.
     *
     * @param named for the node that holds the result
     * @param note int32 {@code [seq, batch, 4]}, on the piano
     */
    OnnxRef struck(Expressions x, Expressions named, Keys keys, OnnxRef note) {
        OnnxRef columns = x.concat(x.unsqueeze(keys.remaining(), 3), keys.age(), keys.velocity());
        int[] pitches = new int[PerformerTables.KEYS];
        Arrays.setAll(pitches, key -> PerformerTables.LOWEST_PITCH + key);
        OnnxRef pitch = x.columns(note, x.graph().ints(x.name("pitch"), new int[] {1}, 1, 1));
        OnnxRef isStruck = x.equal(x.graph().ints(x.name("pitches"), pitches, pitches.length, 1), pitch);
        // Duration, no age, velocity.
        OnnxRef durationTwice =
                x.columns(note, x.graph().ints(x.name("durations_and_velocity"), new int[] {3, 3, 2}, 1, 3));
        OnnxRef row = x.mul(durationTwice, x.row("no_age", 1, 0, 1));
        return named.where(isStruck, row, columns);
    }
}
