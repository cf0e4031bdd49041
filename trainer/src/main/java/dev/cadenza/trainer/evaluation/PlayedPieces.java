package dev.cadenza.trainer.evaluation;

import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.MidiFormatException;
import dev.cadenza.music.MidiLimits;
import dev.cadenza.music.MidiReadOptions;
import dev.cadenza.notematrix.NoteMatrix;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.corpus.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Pieces as excerpts on the corpus' grid. */
public final class PlayedPieces {
    private static final MidiReadOptions READING = new MidiReadOptions(true, MidiLimits.CORPUS);

    private PlayedPieces() {}

    /**
     * The MIDI files of a folder, by name.
     *
     * @throws IOException when one cannot be read or has fewer than two notes; names it
     */
    public static List<Excerpt> read(Path folder, int ticksPerSecond) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(file -> file.toString().endsWith(".mid"))
                    .sorted()
                    .toList();
        }
        List<Excerpt> pieces = new ArrayList<>();
        for (Path file : files) {
            try {
                NoteMatrix notes = NoteMatrix.of(MidiFiles.read(file, READING), ticksPerSecond);
                if (notes.size() < 2) {
                    throw new IOException(file + ": fewer than two notes");
                }
                pieces.add(new Excerpt(notes.rows(), ticksPerSecond));
            } catch (MidiFormatException e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
        }
        return pieces;
    }

    /**
     * Openings of a split's pieces.
     *
     * @param skip pieces that are passed over first, of those that are long enough
     * @param most pieces at most
     */
    public static List<Excerpt> openings(EncodedCorpus corpus, List<Split> splits, int skip, int most, int notes) {
        return pieces(corpus, splits, skip, most, notes)
                .map(piece -> excerpt(corpus, piece, notes))
                .toList();
    }

    /** Ends of the pieces whose {@link #openings} there are. */
    static List<Excerpt> endings(EncodedCorpus corpus, List<Split> splits, int skip, int most, int notes) {
        return pieces(corpus, splits, skip, most, notes)
                .map(piece -> excerpt(corpus, piece.firstRow() + piece.notes() - notes, notes))
                .toList();
    }

    private static Stream<EncodedPiece> pieces(
            EncodedCorpus corpus, List<Split> splits, int skip, int most, int notes) {
        return splits.stream()
                .flatMap(split -> corpus.pieces(split).stream())
                .filter(piece -> piece.notes() >= notes)
                .skip(skip)
                .limit(most);
    }

    /** The first notes of a piece. */
    public static Excerpt excerpt(EncodedCorpus corpus, EncodedPiece piece, int notes) {
        return excerpt(corpus, piece.firstRow(), notes);
    }

    private static Excerpt excerpt(EncodedCorpus corpus, int firstRow, int notes) {
        int[] rows = new int[notes * EncodedCorpus.COLUMNS];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = corpus.value(firstRow + i / EncodedCorpus.COLUMNS, i % EncodedCorpus.COLUMNS);
        }
        return new Excerpt(rows, corpus.ticksPerSecond());
    }
}
