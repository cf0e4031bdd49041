package dev.cadenza.exporter.kind.performer;

import dev.cadenza.exporter.graph.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * The embeddings of a note's four attributes, which have rows of different widths, as one table of pieces of the same
 * width, so that one look-up finds all of a note's.
 *
 * @param table the pieces
 * @param attributes for each piece of a note, the attribute whose class chooses it
 * @param firsts for each piece of a note, the row of the table where class 0 has it
 */
@SuppressWarnings("ArrayRecordComponent") // Constants on their way into a graph, never compared.
record EmbeddingPieces(Matrix table, int[] attributes, int[] firsts) {
    private static final List<String> EMBEDDINGS = List.of("Ei", "Ep", "Ev", "Ed");

    /** A common divisor of all widths. */
    private static final int WIDTH = 16;

    static EmbeddingPieces of(PerformerWeights weights) {
        List<Matrix> pieces = new ArrayList<>();
        List<Integer> attributes = new ArrayList<>();
        List<Integer> firsts = new ArrayList<>();
        int rows = 0;
        for (String name : EMBEDDINGS) {
            Matrix embedding = weights.of(name);
            for (int column = 0; column < embedding.columns(); column += WIDTH) {
                attributes.add(EMBEDDINGS.indexOf(name));
                firsts.add(rows);
                pieces.add(embedding.columns(column, column + WIDTH));
                rows += embedding.rows();
            }
        }
        return new EmbeddingPieces(
                Matrix.stacked(pieces.toArray(Matrix[]::new)),
                attributes.stream().mapToInt(Integer::intValue).toArray(),
                firsts.stream().mapToInt(Integer::intValue).toArray());
    }
}
