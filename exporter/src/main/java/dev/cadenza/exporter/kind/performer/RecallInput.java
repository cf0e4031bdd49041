package dev.cadenza.exporter.kind.performer;

import dev.cadenza.exporter.graph.Expressions;
import dev.cadenza.exporter.graph.Matrix;
import dev.cadenza.exporter.graph.OnnxRef;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.Recall;
import dev.cadenza.notematrix.RecallFeatures;
import java.util.Arrays;
import java.util.List;

/**
 * What the network sees of the input {@code recall}: {@link RecallFeatures} in a graph. Where keys are marked, each row of
 * 88 has one more column, which marks a missing note and has no weights.
 */
final class RecallInput {
    /** Columns of a row of keys. */
    private static final int ROW = PerformerEncoding.KEYS + 1;

    private final PerformerTables tables;
    private final OnnxRef levels;
    private final OnnxRef first;
    private final OnnxRef pitches;
    private final OnnxRef velocities;
    private final OnnxRef durations;
    private final OnnxRef classwise;
    private final OnnxRef keywise;

    /**
     * @param recall int32 {@code [seq, batch, 25]}
     * @param classwise any finite numbers {@code [seq, batch, 124]}
     * @param keywise any finite numbers {@code [seq, batch, 88]}
     */
    RecallInput(Expressions x, PerformerTables tables, OnnxRef recall, OnnxRef classwise, OnnxRef keywise) {
        this.tables = tables;
        this.classwise = x.clip(classwise, 0f, 0f);
        this.keywise = x.clip(keywise, 0f, 0f);
        OnnxRef score = x.clip(x.slice(recall, 0, 1), 0, Recall.BEST);
        levels = x.flat(x.rows(x.table("levels", tables.recallLevels(), 2), score));
        first = x.slice(recall, 1, 1 + Recall.PER_NOTE);
        pitches = x.columns(recall, x.row("pitches", places(1)));
        velocities = x.columns(recall, x.row("velocities", places(2)));
        durations = x.columns(recall, x.row("durations", places(3)));
    }

    private static int[] places(int attribute) {
        int[] places = new int[Recall.NOTES];
        Arrays.setAll(places, note -> 1 + note * Recall.PER_NOTE + attribute);
        return places;
    }

    /** {@link RecallFeatures#scalars}'s level and whether there is any, {@code [seq, batch, 2]}. */
    OnnxRef levels() {
        return levels;
    }

    /** The note that followed, as the note before is given: int32 {@code [seq, batch, 4]}, -1 where there is none. */
    OnnxRef first() {
        return first;
    }

    private OnnxRef level(Expressions x) {
        return x.slice(levels, 0, 1);
    }

    /**
     * {@link RecallFeatures#interval}, {@code [seq, batch, 124]}.
     *
     * @param classes by ticks
     */
    OnnxRef interval(Expressions x, OnnxRef classes) {
        OnnxRef itsClass = x.rows(classes, x.slice(first, 0, 1));
        return x.scatter(classwise, -1, itsClass, level(x));
    }

    /** {@link RecallFeatures#keys} with a column behind each row, {@code [seq, batch, 3 x 89]}. */
    OnnxRef keys(Expressions x) {
        OnnxRef zeros = x.concat(keywise, keywise, keywise, x.slice(keywise, 0, RecallFeatures.KEY_ROWS));
        int[] rows = new int[Recall.NOTES];
        Arrays.setAll(rows, note -> RecallFeatures.rowOf(note) * ROW);
        OnnxRef keys = x.rows(x.row("key_of_pitch", tables.keyOfPitch()), pitches);
        float[] ones = new float[Recall.NOTES];
        Arrays.fill(ones, 1);
        OnnxRef marks = x.mul(level(x), x.row("each", ones));
        return x.scatter(zeros, -1, x.add(keys, x.row("rows", rows)), marks);
    }

    /** A weight of {@link #keys}. */
    static Matrix keyWeights(Matrix weights) {
        return weights.withGaps(PerformerEncoding.KEYS);
    }

    /**
     * {@link RecallFeatures#velocity} and {@link RecallFeatures#duration}, {@code [seq, batch, 32]} and 124.
     *
     * @param pitch of the note to come, int32 {@code [seq, batch, 1]}
     */
    List<OnnxRef> ofPitch(Expressions x, OnnxRef pitch, OnnxRef velocityClasses, OnnxRef durationClasses) {
        float[] earlier = new float[Recall.NOTES];
        for (int note = 0; note < earlier.length; note++) {
            earlier[note] = Recall.NOTES - note;
        }
        OnnxRef found = x.where(x.equal(pitches, pitch), x.row("earlier_first", earlier), x.number(0f));
        OnnxRef place = x.argMax(found);
        OnnxRef level = x.mul(level(x), x.clip(x.reduceMax(found), 0f, 1f));
        OnnxRef velocity = x.rows(velocityClasses, x.elements(velocities, place));
        OnnxRef duration = x.rows(durationClasses, x.elements(durations, place));
        OnnxRef loud = x.scatter(x.slice(classwise, 0, tables.velocities()), -1, velocity, level);
        return List.of(loud, x.scatter(classwise, -1, duration, level));
    }
}
