package dev.cadenza.trainer.performer;

import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerControls;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.Recall;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One row of a batch on its way through a piece, the keys as its last note left them, and what it recalls. One thread. */
final class Lane {
    private static final double HIDDEN_ALL = 0.5;
    private static final double HIDDEN = 0.3;
    private static final double FORGETFUL = 0.1;

    private final boolean forgets;
    private final NoteRow row = new NoteRow();
    private final KeyState keys = new KeyState(PerformerEncoding.STANDARD);
    private final Recall recall = new Recall(PerformerEncoding.STANDARD);
    private final int[] recalled = new int[Recall.WIDTH];
    private @Nullable PerformedPiece piece;
    private int position;

    /** @param forgets whether it recalls nothing in a window now and then, so that a network can do without */
    Lane(boolean forgets) {
        this.forgets = forgets;
    }

    /** Begins a piece. */
    void start(PerformedPiece next) {
        piece = next;
        position = 0;
        keys.clear();
        recall.clear();
    }

    /** The piece under way. */
    @Nullable
    PerformedPiece piece() {
        return piece;
    }

    /**
     * Writes the rows of a window and moves on to its end.
     *
     * @param from the first note to predict
     * @param controlSeed chooses which controls the network is given in this window, and whether it recalls; 0 for no
     *     control
     * @param first place of step 0 in the arrays, in rows
     * @param stride rows between steps
     * @return how many of the steps are notes
     */
    int write(int from, int steps, long controlSeed, float[] features, float[] labels, int first, int stride) {
        PerformedPiece performed = java.util.Objects.requireNonNull(piece);
        if (position > from) {
            start(performed);
        }
        while (position < from) {
            pass(performed);
        }
        SplittableRandom random = new SplittableRandom(controlSeed);
        boolean nothing = controlSeed == 0 || random.nextDouble() < HIDDEN_ALL;
        boolean density = random.nextDouble() >= HIDDEN;
        boolean register = random.nextDouble() >= HIDDEN;
        boolean profile = random.nextDouble() >= HIDDEN;
        boolean forgetful = forgets && random.nextDouble() < FORGETFUL;
        int notes = 0;
        for (int step = 0; step < steps; step++) {
            int at = first + step * stride;
            if (position >= performed.notes()) {
                NoteRow.empty(features, at * PerformerColumns.FEATURES, labels, at * PerformerColumns.LABELS);
                continue;
            }
            PerformerControls controls = PerformerControls.NONE;
            if (!nothing) {
                PerformerControls all = performed.ahead(position);
                controls = new PerformerControls(
                        density ? all.notesPerSecond() : Double.NaN,
                        register ? all.meanPitch() : Double.NaN,
                        profile ? all.profile() : new float[0]);
            }
            if (forgetful) {
                Recall.writeNothing(recalled, 0);
            } else {
                recall.write(recalled, 0);
            }
            row.features(performed, position, keys, controls, recalled, features, at * PerformerColumns.FEATURES);
            row.labels(performed, position, keys, recalled, labels, at * PerformerColumns.LABELS);
            pass(performed);
            notes++;
        }
        return notes;
    }

    private void pass(PerformedPiece performed) {
        if (position < performed.notes()) {
            keys.strike(
                    performed.interval(position),
                    performed.key(position),
                    performed.velocity(position),
                    performed.duration(position));
            recall.strike(
                    performed.interval(position),
                    performed.key(position) + PerformerEncoding.LOWEST_PITCH,
                    performed.velocity(position),
                    performed.duration(position));
        }
        position++;
    }
}
