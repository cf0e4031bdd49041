package dev.cadenza.trainer.corpus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Corpora of rows that a test writes down, without files. */
public final class HandmadeCorpus {
    public static final String NAME = "hand-made";
    public static final String SHA_256 = "5eed";

    private final List<EncodedPiece> pieces = new ArrayList<>();
    private int[] rows = {};

    /** Adds a piece of notes, each its interval, pitch, velocity and duration. */
    public HandmadeCorpus piece(Split split, int[]... notes) {
        int from = rows.length;
        pieces.add(new EncodedPiece("piece-" + pieces.size(), split, from / EncodedCorpus.COLUMNS, notes.length));
        rows = Arrays.copyOf(rows, from + notes.length * EncodedCorpus.COLUMNS);
        for (int[] note : notes) {
            System.arraycopy(note, 0, rows, from, EncodedCorpus.COLUMNS);
            from += EncodedCorpus.COLUMNS;
        }
        return this;
    }

    public EncodedCorpus at(int ticksPerSecond) {
        Corpus corpus = new Corpus(NAME, false, List.of(), Map.of(), SHA_256);
        return new EncodedCorpus(corpus, ticksPerSecond, pieces, Map.of(), Map.of(), rows.clone());
    }

    /** A piece's notes as {@link #piece} takes them. */
    public static int[][] notes(EncodedCorpus corpus, EncodedPiece piece) {
        int[][] notes = new int[piece.notes()][EncodedCorpus.COLUMNS];
        for (int note = 0; note < notes.length; note++) {
            for (int column = 0; column < EncodedCorpus.COLUMNS; column++) {
                notes[note][column] = corpus.value(piece.firstRow() + note, column);
            }
        }
        return notes;
    }
}
