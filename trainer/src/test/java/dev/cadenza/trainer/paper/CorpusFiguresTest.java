package dev.cadenza.trainer.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.corpus.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CorpusFiguresTest {
    @TempDir
    private Path temporary;

    @Test
    void takesMeansAndMediansFromTheTrainingSplit() throws Exception {
        EncodedCorpus corpus = PaperFixture.corpus(temporary);
        CorpusFigures figures = CorpusFigures.of(new PaperRows(corpus, 1000));

        double pitches = 0;
        long notes = 0;
        List<Integer> durations = new ArrayList<>();
        for (EncodedPiece piece : corpus.pieces(Split.TRAIN)) {
            for (int row = piece.firstRow(); row < piece.firstRow() + piece.notes(); row++) {
                pitches += corpus.value(row, 1) / 127.0;
                notes++;
                if (corpus.value(row, 0) >= 50 && corpus.value(row, 0) < 100) {
                    durations.add(corpus.value(row, 3));
                }
            }
        }
        Collections.sort(durations);
        int range = 0;
        while (figures.durationBounds()[range] <= 50) {
            range++;
        }

        assertThat(figures.mean()[1]).isCloseTo((float) (pitches / notes), within(1e-6f));
        assertThat(figures.durationBounds()[range]).isEqualTo(100);
        assertThat(durations).hasSizeGreaterThan(20);
        assertThat(figures.durationMedians()[range]).isEqualTo(durations.get((durations.size() - 1) / 2));
        assertThat(figures.durationMedians()).hasSize(figures.durationBounds().length + 1);
    }
}
