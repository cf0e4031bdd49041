package dev.cadenza.trainer.corpus;

/**
 * Where one piece lies among the encoded rows.
 *
 * @param firstRow of all rows of the corpus
 * @param notes rows of this piece, at least 1
 */
public record EncodedPiece(String path, Split split, int firstRow, int notes) {}
