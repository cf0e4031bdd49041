package dev.cadenza.trainer.evaluation;

import java.util.Arrays;

/**
 * Some notes of a piece, in order of their onsets.
 *
 * @param rows [notes, 4] row-major: interval in ticks, MIDI pitch, velocity, duration in ticks; the first interval is not
 *     looked at
 * @param ticksPerSecond the grid
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Excerpt(int[] rows, int ticksPerSecond) {
    private static final int COLUMNS = 4;

    public Excerpt {
        if (rows.length % COLUMNS != 0 || ticksPerSecond < 1) {
            throw new IllegalArgumentException("rows (" + rows.length + " numbers) must be whole notes of " + COLUMNS
                    + ", ticksPerSecond (" + ticksPerSecond + ") at least 1");
        }
    }

    public int notes() {
        return rows.length / COLUMNS;
    }

    /** Notes {@code [from, to)}. */
    public Excerpt part(int from, int to) {
        return new Excerpt(Arrays.copyOfRange(rows, from * COLUMNS, to * COLUMNS), ticksPerSecond);
    }

    int interval(int note) {
        return rows[note * COLUMNS];
    }

    int pitch(int note) {
        return rows[note * COLUMNS + 1];
    }

    int velocity(int note) {
        return rows[note * COLUMNS + 2];
    }

    int duration(int note) {
        return rows[note * COLUMNS + 3];
    }

    /** Onsets in ticks from the first note's. */
    long[] onsets() {
        long[] onsets = new long[notes()];
        for (int note = 1; note < onsets.length; note++) {
            onsets[note] = onsets[note - 1] + interval(note);
        }
        return onsets;
    }
}
