package dev.cadenza.trainer.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.trainer.corpus.Corpus;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.corpus.SmallCorpus;
import dev.cadenza.trainer.training.EpochWindows;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class ModelErrorsTest {
    @TempDir
    private Path temporary;

    private EncodedCorpus corpus;
    private PaperRows rows;
    private MultiLayerNetwork network;

    @BeforeEach
    void makeNetwork() throws Exception {
        // Lengths from 170 to 176: pieces end in different chunks and at different steps.
        Path data = SmallCorpus.folder(temporary.resolve("data"), 9, 95);
        SmallCorpus.folder(data.resolve("longer"), 5, 231);
        corpus = EncodedCorpus.encode(data, Corpus.open(data), 1000, temporary.resolve("cache"), done -> {});
        rows = new PaperRows(corpus, 1000);
        network = new MultiLayerNetwork(PaperFixture.preset(0.5).network());
        network.init();
    }

    @Test
    void carriesTheStateOfEachPieceFromItsStartToItsEnd() {
        SquaredErrors measured = new ModelErrors(network, rows, 1000, 5000, notes -> {}).carried(corpus.pieces());

        double sum = 0;
        long notes = 0;
        for (EncodedPiece piece : corpus.pieces()) {
            sum += squaredError(piece, 0, piece.notes());
            notes += piece.notes();
        }
        assertThat(measured.notes()).isEqualTo(notes);
        assertThat(measured.mse()).isCloseTo(sum / (3 * notes), within(1e-7));
    }

    @Test
    void startsEachWindowFromZeroAndPredictsEachNoteOnce() {
        SquaredErrors measured = new ModelErrors(network, rows, 1000, 5000, notes -> {})
                .windows(EpochWindows.tiled(corpus.pieces(), PaperFixture.WINDOW, 1), PaperFixture.WINDOW);

        double sum = 0;
        long notes = 0;
        for (EncodedPiece piece : corpus.pieces()) {
            for (int from = 0; from < piece.notes(); from += PaperFixture.WINDOW) {
                sum += squaredError(piece, from, Math.min(PaperFixture.WINDOW, piece.notes() - from));
            }
            notes += piece.notes();
        }
        assertThat(measured.notes()).isEqualTo(notes);
        assertThat(measured.mse()).isCloseTo(sum / (3 * notes), within(1e-7));
    }

    private double squaredError(EncodedPiece piece, int from, int steps) {
        INDArray features = Nd4j.create(1, 3, steps);
        for (int step = 0; step < steps; step++) {
            for (int column = 0; column < 3; column++) {
                features.putScalar(0, column, step, rows.value(piece, from + step, column));
            }
        }
        INDArray output = network.output(features, false);
        double sum = 0;
        for (int step = 0; step < steps; step++) {
            for (int column = 0; column < 3; column++) {
                double actual = rows.value(piece, from + step + 1, column);
                sum += Math.pow(output.getDouble(0, column, step) - actual, 2);
            }
        }
        return sum;
    }
}
