package dev.cadenza.trainer.performer;

import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerControls;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.PerformerFeatures;
import dev.cadenza.notematrix.Recall;
import dev.cadenza.notematrix.RecallFeatures;
import java.util.Arrays;

/** Writes the rows of {@link PerformerColumns} for one step: the note before and the keys in, the next note's truth. */
final class NoteRow {
    private static final PerformerEncoding ENCODING = PerformerEncoding.STANDARD;

    private final PerformerFeatures features = new PerformerFeatures(ENCODING);
    private final RecallFeatures recalled = new RecallFeatures(features);
    private final int[] copies = new int[PerformerColumns.COPIES];

    /**
     * Writes a step's features.
     *
     * @param note the note to come; the one before it is what the network gets
     * @param state the keys once the note before is struck
     * @param recall {@link Recall#WIDTH} numbers
     */
    void features(
            PerformedPiece piece,
            int note,
            KeyState state,
            PerformerControls controls,
            int[] recall,
            float[] to,
            int at) {
        int before = note - 1;
        if (note == 0) {
            to[at] = PerformerColumns.INTERVALS;
            to[at + 1] = PerformerColumns.KEYS;
            to[at + 2] = PerformerColumns.VELOCITIES;
            to[at + 3] = PerformerColumns.DURATIONS;
            features.scalars(-1, 0, 0, 0, to, at + PerformerColumns.SCALARS);
        } else {
            to[at] = ENCODING.intervals().of(piece.interval(before));
            to[at + 1] = piece.key(before);
            to[at + 2] = ENCODING.velocityClass(piece.velocity(before));
            to[at + 3] = ENCODING.durations().of(piece.duration(before));
            features.scalars(
                    piece.interval(before),
                    piece.key(before),
                    piece.velocity(before),
                    duration(piece, before),
                    to,
                    at + PerformerColumns.SCALARS);
        }
        features.keys(state, 0, to, at + PerformerColumns.KEY_FEATURES);
        controls.write(to, at + PerformerColumns.CONTROLS);
        recalled.scalars(recall, 0, to, at + PerformerColumns.RECALL_SCALARS);
    }

    /** Writes a step's labels: {@code note} itself, and what its heads see. */
    void labels(PerformedPiece piece, int note, KeyState state, int[] recall, float[] to, int at) {
        int interval = ENCODING.intervals().of(piece.interval(note));
        int duration = ENCODING.durations().of(piece.duration(note));
        int ahead = piece.interval(note);
        int key = piece.key(note);
        to[at] = interval;
        to[at + 1] = key;
        to[at + 2] = ENCODING.velocityClass(piece.velocity(note));
        to[at + 3] = duration;
        to[at + PerformerColumns.INTERVAL_LOG_WIDTH] =
                (float) StrictMath.log(ENCODING.intervals().width(interval));
        to[at + PerformerColumns.DURATION_LOG_WIDTH] =
                (float) StrictMath.log(ENCODING.durations().width(duration));
        to[at + PerformerColumns.DURATION_TICKS] = duration(piece, note);
        features.copies(state, ahead, copies, 0);
        for (int copy = 0; copy < copies.length; copy++) {
            to[at + PerformerColumns.COPY_TICKS + copy] = copies[copy];
        }
        features.copies(copies, 0, to, at + PerformerColumns.COPY_FEATURES);
        to[at + PerformerColumns.SAME_ONSET] = note == 0 || freeAbove(piece.key(note - 1), state) ? 1f : 0f;
        to[at + PerformerColumns.LOWEST_KEY] = note == 0 || ahead > 0 ? 0 : piece.key(note - 1) + 1;
        features.ends(state, 0, to, at + PerformerColumns.ENDS_BEFORE);
        features.ends(state, ahead, to, at + PerformerColumns.ENDS_AHEAD);
        features.keys(state, ahead, to, at + PerformerColumns.KEYS_AHEAD);
        int pitch = key + PerformerEncoding.LOWEST_PITCH;
        recalled.interval(recall, 0, to, at + PerformerColumns.RECALL_INTERVAL);
        recalled.keys(recall, 0, to, at + PerformerColumns.RECALL_KEYS);
        recalled.velocity(recall, 0, pitch, to, at + PerformerColumns.RECALL_VELOCITY);
        recalled.duration(recall, 0, pitch, to, at + PerformerColumns.RECALL_DURATION);
    }

    /** A step without a note: nothing is learned from it. */
    static void empty(float[] features, int atFeatures, float[] labels, int atLabels) {
        Arrays.fill(features, atFeatures, atFeatures + PerformerColumns.FEATURES, 0f);
        Arrays.fill(labels, atLabels, atLabels + PerformerColumns.LABELS, 0f);
        labels[atLabels + PerformerColumns.TRUE_CLASSES + PerformerColumns.ATTRIBUTES - 1] = 1f;
    }

    private static int duration(PerformedPiece piece, int note) {
        return Math.min(piece.duration(note), ENCODING.durations().longest());
    }

    private static boolean freeAbove(int key, KeyState state) {
        for (int above = key + 1; above < PerformerColumns.KEYS; above++) {
            if (state.remaining(above, 0) == 0) {
                return true;
            }
        }
        return false;
    }
}
