package dev.cadenza.trainer.performer;

import dev.cadenza.notematrix.PerformerControls;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.PerformerNotes;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.EncodedPiece;

/** A piece as a performer reads it: cleaned rows on its own grid, and what lies ahead of each note. */
public final class PerformedPiece {
    private static final int COLUMNS = EncodedCorpus.COLUMNS;
    private static final int LOWEST = PerformerEncoding.LOWEST_PITCH;
    private static final int HIGHEST = LOWEST + PerformerEncoding.KEYS - 1;
    private static final int VELOCITIES = 127;

    private final int[] rows;
    private final int ticksPerSecond;
    private final long[] onsets;

    private PerformedPiece(int[] rows, int ticksPerSecond) {
        this.rows = rows;
        this.ticksPerSecond = ticksPerSecond;
        onsets = new long[rows.length / COLUMNS];
        long onset = 0;
        for (int note = 0; note < onsets.length; note++) {
            onset += rows[note * COLUMNS];
            onsets[note] = onset;
        }
    }

    /**
     * Takes a piece of a corpus, which may have a finer grid, so that stretched times are rounded once.
     *
     * @throws IllegalArgumentException when the corpus' grid is coarser than the encoding's
     */
    static PerformedPiece of(
            EncodedCorpus corpus, EncodedPiece piece, PerformerEncoding encoding, Augmentation augmentation) {
        if (corpus.ticksPerSecond() < encoding.ticksPerSecond()) {
            throw new IllegalArgumentException("ticks per second of the corpus (" + corpus.ticksPerSecond()
                    + ") must be at least " + encoding.ticksPerSecond());
        }
        double scale = augmentation.stretch() * encoding.ticksPerSecond() / corpus.ticksPerSecond();
        int semitones = fitting(corpus, piece, augmentation.semitones());
        int[] scaled = new int[piece.notes() * COLUMNS];
        long onset = 0;
        long before = 0;
        for (int note = 0; note < piece.notes(); note++) {
            int row = piece.firstRow() + note;
            onset += corpus.value(row, 0);
            long start = Math.round(onset * scale);
            long end = Math.round((onset + corpus.value(row, 3)) * scale);
            int at = note * COLUMNS;
            scaled[at] = (int) (start - before);
            scaled[at + 1] = corpus.value(row, 1) + semitones;
            scaled[at + 2] = Math.max(1, Math.min(VELOCITIES, corpus.value(row, 2) + augmentation.velocity()));
            scaled[at + 3] = (int) Math.max(1, end - start);
            before = start;
        }
        return of(scaled, encoding);
    }

    /** Takes rows [notes, 4] on the encoding's grid; they are cleaned. */
    static PerformedPiece of(int[] rows, PerformerEncoding encoding) {
        return new PerformedPiece(PerformerNotes.of(rows), encoding.ticksPerSecond());
    }

    /** The shift, or the nearest to it that keeps all notes on the piano. */
    private static int fitting(EncodedCorpus corpus, EncodedPiece piece, int semitones) {
        int up = Math.max(0, semitones);
        int down = Math.min(0, semitones);
        for (int row = piece.firstRow(); row < piece.firstRow() + piece.notes(); row++) {
            int pitch = corpus.value(row, 1);
            if (pitch >= LOWEST && pitch <= HIGHEST) {
                up = Math.min(up, HIGHEST - pitch);
                down = Math.max(down, LOWEST - pitch);
            }
        }
        return up + down;
    }

    int notes() {
        return onsets.length;
    }

    /**
     * A piece's rows on the standard encoding's grid, cleaned, as they are.
     *
     * @return [notes, 4] row-major: interval, MIDI pitch, velocity, duration
     */
    public static int[] rows(EncodedCorpus corpus, EncodedPiece piece) {
        return of(corpus, piece, PerformerEncoding.STANDARD, Augmentation.NONE)
                .rows
                .clone();
    }

    /** From time 0 to the onset of the last of so many notes. */
    double seconds(int count) {
        return count == 0 ? 0 : onsets[count - 1] / (double) ticksPerSecond;
    }

    int interval(int note) {
        return rows[note * COLUMNS];
    }

    /** 0..87. */
    int key(int note) {
        return rows[note * COLUMNS + 1] - LOWEST;
    }

    int velocity(int note) {
        return rows[note * COLUMNS + 2];
    }

    int duration(int note) {
        return rows[note * COLUMNS + 3];
    }

    /**
     * What the next {@link PerformerControls#SECONDS} after the note before hold, from this note on; at the end of the
     * piece what is left of them.
     */
    PerformerControls ahead(int note) {
        long start = note == 0 ? onsets[0] : onsets[note - 1];
        long window = Math.round(PerformerControls.SECONDS * ticksPerSecond);
        float[] profile = new float[PerformerControls.CLASSES];
        double pitches = 0;
        int count = 0;
        for (int next = note; next < onsets.length && (next == note || onsets[next] < start + window); next++) {
            int pitch = rows[next * COLUMNS + 1];
            pitches += pitch;
            profile[pitch % PerformerControls.CLASSES]++;
            count++;
        }
        for (int i = 0; i < profile.length; i++) {
            profile[i] /= count;
        }
        long left = Math.min(window, onsets[onsets.length - 1] - start);
        long span = Math.max(Math.max(ticksPerSecond, left), onsets[note] - start);
        return new PerformerControls(count * (double) ticksPerSecond / span, pitches / count, profile);
    }
}
