package dev.cadenza.trainer.roll;

import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.corpus.Split;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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

    /** Of every note that a roll is read back into: a roll has none. */
    private static final int VELOCITY = 64;

    private PerformedRolls() {}

    /** Rolls of a corpus, by its splits. */
    public static RollCorpus of(EncodedCorpus corpus, int stepMillis) {
        Map<Split, List<PianoRoll>> rolls = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            List<PianoRoll> of = new ArrayList<>();
            for (EncodedPiece piece : corpus.pieces(split)) {
                PianoRoll roll = roll(corpus, piece, ticksPerStep(corpus, stepMillis));
                of.add(split == Split.TRAIN ? roll : roll.slice(0, Math.min(MEASURED_STEPS, roll.steps())));
            }
            rolls.put(split, of);
        }
        return new RollCorpus(corpus.corpus().name(), corpus.corpus().sha256(), rolls);
    }

    /**
     * A corpus as its rolls have it, no piece cut: a note from each step in which a key begins to sound to that in which it
     * ends, a step's notes by pitch, all of one velocity. A key that is struck again while it sounds, or in the step in
     * which it ends, is one note.
     *
     * @return on the grid of {@code corpus}, to whose nearest tick steps are rounded
     */
    public static EncodedCorpus asNotes(EncodedCorpus corpus, int stepMillis) {
        double ticksPerStep = ticksPerStep(corpus, stepMillis);
        return corpus.changed((piece, rows) -> notes(roll(corpus, piece, ticksPerStep), ticksPerStep));
    }

    private static double ticksPerStep(EncodedCorpus corpus, int stepMillis) {
        return stepMillis * (double) corpus.ticksPerSecond() / MILLIS;
    }

    private static int[] notes(PianoRoll roll, double ticksPerStep) {
        IntStream.Builder rows = IntStream.builder();
        long before = 0;
        for (int step = 0; step < roll.steps(); step++) {
            long onset = Math.round(step * ticksPerStep);
            for (int key = 0; key < PianoRoll.KEYS; key++) {
                if (roll.on(step, key) && !roll.on(step - 1, key)) {
                    int end = step + 1;
                    while (end < roll.steps() && roll.on(end, key)) {
                        end++;
                    }
                    rows.add((int) (onset - before));
                    rows.add(key + PianoRoll.LOWEST_PITCH);
                    rows.add(VELOCITY);
                    rows.add((int) Math.max(1, Math.round(end * ticksPerStep) - onset));
                    before = onset;
                }
            }
        }
        return rows.build().toArray();
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
