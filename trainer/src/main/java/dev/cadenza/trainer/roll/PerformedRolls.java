package dev.cadenza.trainer.roll;

import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.corpus.Split;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Performances as piano rolls: a key sounds in every step from the one nearest to its onset, for its duration rounded to
 * steps, at least one. A performance knows no beat, so that a step is a time.
 *
 * <p>To be measured in minutes, pieces of validation and test are cut to their first {@link #MEASURED_STEPS} steps.
 */
public final class PerformedRolls {
    /** Steps of a held-out piece that are kept. */
    public static final int MEASURED_STEPS = 256;

    private static final int MILLIS = 1000;

    private PerformedRolls() {}

    /** Rolls of a corpus, by its splits. */
    public static RollCorpus of(EncodedCorpus corpus, int stepMillis) {
        Map<Split, List<PianoRoll>> rolls = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            List<PianoRoll> of = new ArrayList<>();
            for (EncodedPiece piece : corpus.pieces(split)) {
                PianoRoll roll = roll(corpus, piece, stepMillis * (double) corpus.ticksPerSecond() / MILLIS);
                of.add(split == Split.TRAIN ? roll : roll.slice(0, Math.min(MEASURED_STEPS, roll.steps())));
            }
            rolls.put(split, of);
        }
        return new RollCorpus(corpus.corpus().name(), corpus.corpus().sha256(), rolls);
    }

    private static PianoRoll roll(EncodedCorpus corpus, EncodedPiece piece, double ticksPerStep) {
        int[] from = new int[piece.notes()];
        int[] to = new int[piece.notes()];
        long onset = 0;
        int steps = 0;
        for (int note = 0; note < piece.notes(); note++) {
            int row = piece.firstRow() + note;
            onset += note == 0 ? 0 : corpus.value(row, 0);
            from[note] = (int) Math.round(onset / ticksPerStep);
            to[note] = from[note]
                    + Math.max(1, (int) Math.round(corpus.value(row, EncodedCorpus.COLUMNS - 1) / ticksPerStep));
            steps = Math.max(steps, to[note]);
        }
        PianoRoll.Builder roll = new PianoRoll.Builder(steps);
        for (int note = 0; note < piece.notes(); note++) {
            int key = corpus.value(piece.firstRow() + note, 1) - PianoRoll.LOWEST_PITCH;
            for (int step = from[note]; key >= 0 && key < PianoRoll.KEYS && step < to[note]; step++) {
                roll.on(step, key);
            }
        }
        return roll.build();
    }
}
