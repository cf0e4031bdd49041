package dev.cadenza.trainer.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.trainer.corpus.Corpus;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.corpus.SmallCorpus;
import dev.cadenza.trainer.corpus.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrivialPredictorsTest {
    @TempDir
    private Path temporary;

    /** Against the definitions, computed note by note with no running sums; pieces are longer than 50 notes. */
    @Test
    void agreesWithTheDefinitions() throws Exception {
        Path data = SmallCorpus.maestro(temporary.resolve("data"), 5, 130);
        EncodedCorpus corpus =
                EncodedCorpus.encode(data, Corpus.open(data), 1000, temporary.resolve("cache"), done -> {});
        PaperRows rows = new PaperRows(corpus, 1000);
        CorpusFigures figures = CorpusFigures.of(rows);
        List<EncodedPiece> pieces = corpus.pieces(Split.VALIDATION);
        Map<String, SquaredErrors> measured = TrivialPredictors.measure(rows, pieces, figures, 1000);

        double[] sums = new double[3];
        long values = 0;
        for (EncodedPiece piece : pieces) {
            for (int position = 1; position <= piece.notes(); position++) {
                for (int column = 0; column < 3; column++) {
                    double actual = rows.value(piece, position, column);
                    double mean = 0;
                    int from = Math.max(1, position - 50);
                    for (int earlier = from; earlier < position; earlier++) {
                        mean += rows.value(piece, earlier, column) / (double) (position - from);
                    }
                    double trainMean = figures.mean()[column];
                    double last = position == 1 ? trainMean : rows.value(piece, position - 1, column);
                    sums[0] += Math.pow(actual - trainMean, 2);
                    sums[1] += Math.pow(actual - last, 2);
                    sums[2] += Math.pow(actual - (position == 1 ? trainMean : mean), 2);
                    values++;
                }
            }
        }
        assertThat(measured.values().stream().mapToDouble(SquaredErrors::mse))
                .hasSize(3)
                .satisfies(mses -> {
                    for (int i = 0; i < 3; i++) {
                        assertThat(mses.get(i)).isCloseTo(sums[i] / values(pieces), within(1e-7));
                    }
                });
        assertThat(values).isEqualTo(values(pieces));
    }

    private static long values(List<EncodedPiece> pieces) {
        return 3L * pieces.stream().mapToInt(EncodedPiece::notes).sum();
    }
}
