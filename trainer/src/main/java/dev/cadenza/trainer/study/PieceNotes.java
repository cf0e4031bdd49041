package dev.cadenza.trainer.study;

import dev.cadenza.trainer.corpus.EncodedCorpus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** A piece's rows as notes at points in time, and back. */
final class PieceNotes {
    /** A note; times in the corpus' ticks. */
    record Timed(long onset, int pitch, int velocity, int duration) {}

    private static final Comparator<Timed> ORDER =
            Comparator.comparingLong(Timed::onset).thenComparingInt(Timed::pitch);

    private final List<Timed> notes = new ArrayList<>();

    static PieceNotes of(int[] rows) {
        PieceNotes notes = new PieceNotes();
        long onset = 0;
        for (int at = 0; at < rows.length; at += EncodedCorpus.COLUMNS) {
            onset += rows[at];
            notes.add(new Timed(onset, rows[at + 1], rows[at + 2], rows[at + 3]));
        }
        return notes;
    }

    void add(Timed note) {
        notes.add(note);
    }

    List<Timed> all() {
        return Collections.unmodifiableList(notes);
    }

    /** The latest onset; 0 when there is none. */
    long last() {
        return notes.stream().mapToLong(Timed::onset).max().orElse(0);
    }

    /** In order of onsets, then pitches; the first interval is the first onset. */
    int[] rows() {
        List<Timed> ordered = notes.stream().sorted(ORDER).toList();
        int[] rows = new int[ordered.size() * EncodedCorpus.COLUMNS];
        long before = 0;
        int at = 0;
        for (Timed note : ordered) {
            rows[at++] = Math.toIntExact(note.onset() - before);
            rows[at++] = note.pitch();
            rows[at++] = note.velocity();
            rows[at++] = note.duration();
            before = note.onset();
        }
        return rows;
    }
}
