package dev.cadenza.notematrix;

import java.util.Arrays;

/**
 * The rows of a note matrix as a piano plays them, which is what a {@code performer} can say: keys 21..108 alone, no key
 * struck while it sounds, notes of one onset strictly ascending.
 *
 * <p>A key struck again ends its earlier note there; of two notes on one key and onset one stays, with the greater
 * velocity and the later end. Notes outside the piano are left out; the interval of the next note counts from the last
 * that stayed.
 */
public final class PerformerNotes {
    private static final int COLUMNS = NoteMatrix.COLUMNS;

    private PerformerNotes() {}

    /**
     * Cleans rows.
     *
     * @param rows {@code [notes, 4]}, row-major, as {@link NoteMatrix#rows} gives them; within an onset in any order
     * @return {@code [notes, 4]}: interval, pitch, velocity, duration; may be shorter
     */
    public static int[] of(int[] rows) {
        int[] kept = new int[rows.length];
        long[] onsets = new long[rows.length / COLUMNS];
        int size = 0;
        int chord = 0;
        long onset = 0;
        int[] lastOfKey = new int[PerformerEncoding.KEYS];
        Arrays.fill(lastOfKey, -1);
        for (int at = 0; at < rows.length; at += COLUMNS) {
            onset += rows[at];
            int key = rows[at + 1] - PerformerEncoding.LOWEST_PITCH;
            if (key < 0 || key >= PerformerEncoding.KEYS) {
                continue;
            }
            if (size > 0 && onsets[size - 1] != onset) {
                chord = size;
            }
            int before = lastOfKey[key];
            if (before >= 0 && onsets[before] == onset) {
                kept[before * COLUMNS + 2] = Math.max(kept[before * COLUMNS + 2], rows[at + 2]);
                kept[before * COLUMNS + 3] = Math.max(kept[before * COLUMNS + 3], rows[at + 3]);
                continue;
            }
            if (before >= 0 && onsets[before] + kept[before * COLUMNS + 3] > onset) {
                kept[before * COLUMNS + 3] = (int) (onset - onsets[before]);
            }
            int place = size;
            while (place > chord && kept[(place - 1) * COLUMNS + 1] > rows[at + 1]) {
                place--;
            }
            for (int moved = size; moved > place; moved--) {
                System.arraycopy(kept, (moved - 1) * COLUMNS, kept, moved * COLUMNS, COLUMNS);
                onsets[moved] = onsets[moved - 1];
                lastOfKey[kept[moved * COLUMNS + 1] - PerformerEncoding.LOWEST_PITCH] = moved;
            }
            System.arraycopy(rows, at, kept, place * COLUMNS, COLUMNS);
            onsets[place] = onset;
            lastOfKey[key] = place;
            size++;
        }
        for (int row = 0; row < size; row++) {
            kept[row * COLUMNS] = Math.toIntExact(onsets[row] - (row == 0 ? 0 : onsets[row - 1]));
        }
        return Arrays.copyOf(kept, size * COLUMNS);
    }
}
