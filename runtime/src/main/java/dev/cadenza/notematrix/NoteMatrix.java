package dev.cadenza.notematrix;

import dev.cadenza.music.Note;
import dev.cadenza.music.ProgramChange;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The notes of a piece, one row per note: interval since the previous onset (of the first row: since time 0), pitch,
 * velocity, duration; times in ticks of 1/ticksPerSecond. The layout and its rounding are in the package's description.
 *
 * <p>Immutable, compares by content; 24 bytes per note.
 */
public final class NoteMatrix {
    /** Numbers a row: interval, pitch, velocity, duration. */
    public static final int COLUMNS = 4;

    /** The finest grid, in ticks per second. */
    public static final int FINEST = 1_000_000;

    private static final int MIDI_CHANNEL = 0;

    private final int ticksPerSecond;
    private final int[] rows;
    private final long[] onsets;

    private NoteMatrix(int ticksPerSecond, int[] rows) {
        this.ticksPerSecond = ticksPerSecond;
        this.rows = rows;
        onsets = new long[rows.length / COLUMNS];
        long onset = 0;
        for (int row = 0; row < onsets.length; row++) {
            onset += rows[row * COLUMNS];
            onsets[row] = onset;
        }
    }

    /**
     * The matrix of a score, without its percussion. Onsets and ends go to the nearest tick of the grid (halves up)
     * each by itself, and intervals and durations are their differences: an error is never more than half a tick and
     * never adds up. A duration is at least one tick.
     *
     * @param ticksPerSecond 1..1,000,000
     * @throws IllegalArgumentException when an interval or a duration does not fit into 31 bits
     */
    public static NoteMatrix of(Score score, int ticksPerSecond) {
        checkTicksPerSecond(ticksPerSecond);
        TempoMap tempoMap = score.tempoMap();
        List<Note> notes = score.notes();
        int[] rows = new int[notes.size() * COLUMNS];
        int size = 0;
        long previousOnset = 0;
        int chordStart = 0;
        for (Note note : notes) {
            if (note.isPercussion()) {
                continue;
            }
            long onset = tempoMap.gridStepAt(note.startTick(), ticksPerSecond);
            long end = tempoMap.gridStepAt(note.endTick(), ticksPerSecond);
            int interval = fitting("interval", onset - previousOnset);
            if (interval > 0) {
                chordStart = size;
            }
            int place = placeInChord(rows, chordStart, size, note.pitch());
            System.arraycopy(rows, place * COLUMNS, rows, (place + 1) * COLUMNS, (size - place) * COLUMNS);
            int at = place * COLUMNS;
            // The interval to a chord is always in its first row, whichever note was inserted there.
            rows[at] = interval;
            if (interval == 0 && place == chordStart && place < size) {
                rows[at] = rows[at + COLUMNS];
                rows[at + COLUMNS] = 0;
            }
            rows[at + 1] = note.pitch();
            rows[at + 2] = note.velocity();
            rows[at + 3] = fitting("duration", Math.max(1, end - onset));
            size++;
            previousOnset = onset;
        }
        return new NoteMatrix(ticksPerSecond, Arrays.copyOf(rows, size * COLUMNS));
    }

    /**
     * A matrix of given rows, kept in the order given.
     *
     * @param ticksPerSecond 1..1,000,000
     * @param rows {@code [notes, 4]}, row-major: interval at least 0, pitch 0..127, velocity 1..127, duration at least
     *     1; copied
     * @throws IllegalArgumentException when the length is not a multiple of 4 or a number is out of its range
     */
    public static NoteMatrix of(int ticksPerSecond, int[] rows) {
        checkTicksPerSecond(ticksPerSecond);
        if (rows.length % COLUMNS != 0) {
            throw new IllegalArgumentException("rows.length (" + rows.length + ") must be a multiple of " + COLUMNS);
        }
        int[] copy = rows.clone();
        for (int at = 0; at < copy.length; at += COLUMNS) {
            int row = at / COLUMNS;
            check(row, "interval", copy[at], 0, Integer.MAX_VALUE);
            check(row, "pitch", copy[at + 1], 0, 127);
            check(row, "velocity", copy[at + 2], 1, 127);
            check(row, "duration", copy[at + 3], 1, Integer.MAX_VALUE);
        }
        return new NoteMatrix(ticksPerSecond, copy);
    }

    /** Ticks a second, 1..1,000,000. */
    public int ticksPerSecond() {
        return ticksPerSecond;
    }

    /** The number of notes. */
    public int size() {
        return onsets.length;
    }

    /** Ticks since the onset of the row before; of row 0 since time 0. At least 0. */
    public int interval(int row) {
        return rows[row * COLUMNS];
    }

    /** MIDI pitch, 0..127. */
    public int pitch(int row) {
        return rows[row * COLUMNS + 1];
    }

    /** MIDI velocity, 1..127. */
    public int velocity(int row) {
        return rows[row * COLUMNS + 2];
    }

    /** Ticks from onset to end, at least 1. */
    public int duration(int row) {
        return rows[row * COLUMNS + 3];
    }

    /** Ticks since time 0 at which the note starts: the sum of the intervals up to this row. */
    public long onsetTick(int row) {
        return onsets[row];
    }

    /** A copy of the rows: {@code [notes, 4]}, row-major; interval, pitch, velocity, duration. */
    public int[] rows() {
        return rows.clone();
    }

    /**
     * The notes on a clock, all on channel 0. Onsets and ends go to the nearest tick of the clock each by itself; a
     * note lasts at least one tick. With {@code TempoMap.constant(500, 500_000)} a matrix of 1000 ticks per second
     * comes back exactly.
     *
     * @param program General MIDI program from tick 0 on, 0..127 (0 is the acoustic grand piano)
     * @throws IllegalArgumentException when a note lies beyond the clock's last tick
     */
    public Score toScore(TempoMap tempoMap, int program) {
        List<Note> notes = new ArrayList<>(size());
        for (int row = 0; row < size(); row++) {
            long start = tempoMap.tickAtGridStep(onsets[row], ticksPerSecond);
            long end = tempoMap.tickAtGridStep(onsets[row] + duration(row), ticksPerSecond);
            notes.add(new Note(MIDI_CHANNEL, pitch(row), velocity(row), start, Math.max(1, end - start)));
        }
        ProgramChange instrument = new ProgramChange(0, MIDI_CHANNEL, program);
        return new Score(tempoMap, List.of(), List.of(), List.of(instrument), notes);
    }

    /**
     * This matrix followed by another, whose first interval counts from this one's last onset.
     *
     * @throws IllegalArgumentException when the two have different ticks per second
     */
    public NoteMatrix concat(NoteMatrix next) {
        if (next.ticksPerSecond != ticksPerSecond) {
            throw new IllegalArgumentException("ticksPerSecond of the next matrix (" + next.ticksPerSecond
                    + ") must be that of this one (" + ticksPerSecond + ")");
        }
        int[] both = Arrays.copyOf(rows, rows.length + next.rows.length);
        System.arraycopy(next.rows, 0, both, rows.length, next.rows.length);
        return new NoteMatrix(ticksPerSecond, both);
    }

    /** Where a pitch belongs among the rows of a chord: behind the last one that is not higher. */
    private static int placeInChord(int[] rows, int chordStart, int size, int pitch) {
        int place = size;
        while (place > chordStart && rows[(place - 1) * COLUMNS + 1] > pitch) {
            place--;
        }
        return place;
    }

    private static int fitting(String name, long ticks) {
        if (ticks > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " (" + ticks + " ticks) must fit into 31 bits");
        }
        return (int) ticks;
    }

    private static void checkTicksPerSecond(int ticksPerSecond) {
        if (ticksPerSecond < 1 || ticksPerSecond > FINEST) {
            throw new IllegalArgumentException("ticksPerSecond (" + ticksPerSecond + ") must be in 1.." + FINEST);
        }
    }

    private static void check(int row, String name, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(
                    "%s (%d) of row %d must be in %d..%d".formatted(name, value, row, lowest, highest));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteMatrix matrix
                && ticksPerSecond == matrix.ticksPerSecond
                && Arrays.equals(rows, matrix.rows);
    }

    @Override
    public int hashCode() {
        return 31 * ticksPerSecond + Arrays.hashCode(rows);
    }

    @Override
    public String toString() {
        return "NoteMatrix[notes=" + size() + ", ticksPerSecond=" + ticksPerSecond + "]";
    }
}
