package dev.cadenza.generation;

import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import dev.cadenza.notematrix.NoteMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The notes of a written score, and where they go when they have been played: the played rows are the model's, on its
 * grid; the score keeps its own clock, channels, and what the model could not read.
 *
 * <p>A row stands for all notes that strike its key at its tick of the grid, on whatever channel: they are played
 * alike.
 */
final class WrittenNotes {
    private static final int NONE = -1;

    private final Score score;
    private final NoteMatrix rows;
    /** All but percussion, in the score's order, no two on one channel, key and tick. */
    private final List<Note> notes = new ArrayList<>();
    /** The row that a note is played by; -1 for one that is off the piano. */
    private final int[] rowOf;

    private final int merged;

    /** @param rows what the model read of the score */
    WrittenNotes(Score score, NoteMatrix rows) {
        this.score = score;
        this.rows = rows;
        int doubles = 0;
        Map<Long, Integer> strokes = new HashMap<>();
        for (Note note : score.notes()) {
            if (note.isPercussion()) {
                continue;
            }
            Integer before = strokes.putIfAbsent(stroke(note), notes.size());
            if (before == null) {
                notes.add(note);
            } else {
                notes.set(before, asOne(notes.get(before), note));
                doubles++;
            }
        }
        merged = doubles;
        rowOf = rowOf();
    }

    private int[] rowOf() {
        Map<Long, Integer> byPlace = new HashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            byPlace.put(place(rows.onsetTick(row), rows.pitch(row)), row);
        }
        int[] of = new int[notes.size()];
        for (int i = 0; i < of.length; i++) {
            Note note = notes.get(i);
            long step = score.tempoMap().gridStepAt(note.startTick(), rows.ticksPerSecond());
            of[i] = byPlace.getOrDefault(place(step, note.pitch()), NONE);
        }
        return of;
    }

    /** Notes that are one with another, because they strike one key of one channel at one tick. */
    int merged() {
        return merged;
    }

    /** Notes that the model has no key for. */
    int unplayable() {
        return (int) Arrays.stream(rowOf).filter(row -> row == NONE).count();
    }

    /**
     * The score as it was played.
     *
     * @param played a row for each row that was read
     * @param nextStrike by row, the row that strikes its key next; the number of rows when none does
     * @param mostMicros how far a note may be from where it is written
     */
    Score played(NoteMatrix played, int[] nextStrike, long mostMicros) {
        long[] starts = starts(played, mostMicros);
        long[] firstStart = new long[rows.size() + 1];
        Arrays.fill(firstStart, Long.MAX_VALUE);
        for (int i = starts.length - 1; i >= 0; i--) {
            if (rowOf[i] != NONE) {
                firstStart[rowOf[i]] = starts[i];
            }
        }
        TempoMap tempoMap = score.tempoMap();
        long[] nextOfKey = new long[16 * 128];
        Arrays.fill(nextOfKey, Long.MAX_VALUE);
        List<Note> all = new ArrayList<>(notes.size());
        for (int i = starts.length - 1; i >= 0; i--) {
            Note note = notes.get(i);
            int row = rowOf[i];
            if (row == NONE) {
                all.add(note);
                continue;
            }
            int key = note.channel() * 128 + note.pitch();
            long end = tempoMap.tickAtGridStep(played.onsetTick(row) + played.duration(row), rows.ticksPerSecond());
            end = Math.min(end, Math.min(firstStart[nextStrike[row]], nextOfKey[key]));
            nextOfKey[key] = starts[i];
            all.add(new Note(
                    note.channel(), note.pitch(), played.velocity(row), starts[i], Math.max(1, end - starts[i])));
        }
        score.notes().stream().filter(Note::isPercussion).forEach(all::add);
        return new Score(tempoMap, score.timeSignatures(), score.keySignatures(), score.programChanges(), all);
    }

    /**
     * Where each note starts: where it was played, but never further from where it is written than it may be, and never
     * before a note that is written before it.
     */
    private long[] starts(NoteMatrix played, long mostMicros) {
        TempoMap tempoMap = score.tempoMap();
        int count = notes.size();
        long[] latest = new long[count];
        for (int i = count - 1; i >= 0; i--) {
            long tick = notes.get(i).startTick();
            latest[i] = rowOf[i] == NONE ? tick : tempoMap.latestWithin(tick, mostMicros);
            if (i + 1 < count) {
                // Where ticks get longer, notes far apart may have one last tick: the next note needs one of its own.
                latest[i] = Math.min(latest[i], latest[i + 1] - apart(i + 1));
            }
        }
        long[] starts = new long[count];
        for (int i = 0; i < count; i++) {
            long tick = notes.get(i).startTick();
            long start = tick;
            int row = rowOf[i];
            if (row != NONE && played.onsetTick(row) != rows.onsetTick(row)) {
                start = Math.max(
                        tempoMap.earliestWithin(tick, mostMicros),
                        tempoMap.tickAtGridStep(played.onsetTick(row), rows.ticksPerSecond()));
            }
            if (i > 0) {
                start = Math.max(start, starts[i - 1] + apart(i));
            }
            starts[i] = Math.min(start, latest[i]);
        }
        return starts;
    }

    /**
     * How many ticks there must be before a note, so that it is not sorted before the one that is written before it.
     */
    private int apart(int i) {
        Note note = notes.get(i);
        Note before = notes.get(i - 1);
        return note.startTick() > before.startTick() && note.pitch() <= before.pitch() ? 1 : 0;
    }

    private static Note asOne(Note a, Note b) {
        return new Note(
                a.channel(),
                a.pitch(),
                Math.max(a.velocity(), b.velocity()),
                a.startTick(),
                Math.max(a.durationTicks(), b.durationTicks()));
    }

    private static long stroke(Note note) {
        return note.startTick() * (16 * 128) + note.channel() * 128L + note.pitch();
    }

    private static long place(long step, int pitch) {
        return step * 128 + pitch;
    }
}
