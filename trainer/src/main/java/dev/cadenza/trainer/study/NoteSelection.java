package dev.cadenza.trainer.study;

import dev.cadenza.trainer.corpus.EncodedCorpus;
import java.util.List;

/** Which notes of a performance a model is trained on. */
public enum NoteSelection {
    ALL("all", "all notes"),
    LONG("long", "notes under 30 ms dropped"),
    TOP("top", "top voice only: the highest of the notes within 30 ms, while nothing higher sounds"),
    MODERATE("moderate", "velocity outliers dropped: outside of the piece's 1st to 99th percentile");

    private static final double SHORTEST_SECONDS = 0.03;
    private static final double TOGETHER_SECONDS = 0.03;
    private static final double LOWEST = 0.01;

    private final String id;
    private final String title;

    NoteSelection(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** As in names of cells and runs. */
    public String id() {
        return id;
    }

    /** As in tables. */
    public String title() {
        return title;
    }

    /** The corpus of the notes that are kept. */
    public EncodedCorpus on(EncodedCorpus corpus) {
        int ticks = corpus.ticksPerSecond();
        return switch (this) {
            case ALL -> corpus;
            case LONG -> corpus.changed((piece, rows) -> dropShort(rows, SHORTEST_SECONDS * ticks));
            case TOP -> corpus.changed((piece, rows) -> top(rows, TOGETHER_SECONDS * ticks));
            case MODERATE -> corpus.changed((piece, rows) -> moderate(rows));
        };
    }

    private static int[] dropShort(int[] rows, double shortest) {
        PieceNotes kept = new PieceNotes();
        PieceNotes.of(rows).all().stream()
                .filter(note -> note.duration() >= shortest)
                .forEach(kept::add);
        return kept.rows();
    }

    private static int[] top(int[] rows, double together) {
        List<PieceNotes.Timed> notes = PieceNotes.of(rows).all();
        PieceNotes kept = new PieceNotes();
        int at = 0;
        while (at < notes.size()) {
            PieceNotes.Timed highest = notes.get(at);
            long first = highest.onset();
            while (at < notes.size() && notes.get(at).onset() - first <= together) {
                highest = notes.get(at).pitch() > highest.pitch() ? notes.get(at) : highest;
                at++;
            }
            int pitch = highest.pitch();
            long still = highest.onset() + (long) together;
            boolean covered = kept.all().stream()
                    .anyMatch(note -> note.pitch() > pitch && note.onset() + note.duration() > still);
            if (!covered) {
                kept.add(highest);
            }
        }
        return kept.rows();
    }

    private static int[] moderate(int[] rows) {
        List<PieceNotes.Timed> notes = PieceNotes.of(rows).all();
        int[] velocities =
                notes.stream().mapToInt(PieceNotes.Timed::velocity).sorted().toArray();
        int low = velocities[(int) Math.floor(LOWEST * (velocities.length - 1))];
        int high = velocities[(int) Math.ceil((1 - LOWEST) * (velocities.length - 1))];
        PieceNotes kept = new PieceNotes();
        notes.stream()
                .filter(note -> note.velocity() >= low && note.velocity() <= high)
                .forEach(kept::add);
        return kept.rows();
    }
}
