package dev.cadenza.trainer.paper;

import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.EncodedPiece;

/**
 * The scaled rows of a corpus, as the network sees them: position 0 of a piece is the row of zeros, position i its note
 * i - 1.
 */
final class PaperRows {
    private final EncodedCorpus corpus;
    private final int intervalClipTicks;

    PaperRows(EncodedCorpus corpus, int intervalClipTicks) {
        this.corpus = corpus;
        this.intervalClipTicks = intervalClipTicks;
    }

    EncodedCorpus corpus() {
        return corpus;
    }

    /** Columns interval, pitch, velocity, each 0..1. */
    float value(EncodedPiece piece, int position, int column) {
        if (position == 0) {
            return 0f;
        }
        int value = corpus.value(piece.firstRow() + position - 1, column);
        return PaperEncoding.scaled(column, value, intervalClipTicks);
    }

    /**
     * Copies positions [from, from + steps) into column [batch, 3, steps] of an array in 'f' order; positions past the
     * end are zeros.
     */
    void fill(EncodedPiece piece, int from, int steps, float[] values, int row, int batch) {
        for (int step = 0; step < steps; step++) {
            boolean there = from + step <= piece.notes();
            for (int column = 0; column < PaperEncoding.COLUMNS; column++) {
                values[row + batch * (column + PaperEncoding.COLUMNS * step)] =
                        there ? value(piece, from + step, column) : 0f;
            }
        }
    }
}
