package dev.cadenza.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.trainer.corpus.SmallCorpus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CorpusOptionsTest {
    private static final int DECLARED_TRACKS = 11;

    @TempDir
    private Path temporary;

    @Test
    void filesThatAreSkippedOrReadWithAWarningAreCountedAndNamed() throws Exception {
        Path data = SmallCorpus.folder(temporary.resolve("music"), 12, 30);
        Path odd = data.resolve("piece-03.mid");
        byte[] bytes = Files.readAllBytes(odd);
        bytes[DECLARED_TRACKS] = 7;
        Files.write(odd, bytes);
        Files.write(data.resolve("broken.mid"), new byte[] {1});
        for (int round = 0; round < 2; round++) {
            StringWriter told = new StringWriter();
            CorpusOptions.of(data, temporary.resolve("cache")).encode(1000, new PrintWriter(told));
            assertThat(told.toString())
                    .as("from the files, then from the cache")
                    .contains(": 12 pieces,", "1 files skipped:", "  broken.mid: not a MIDI file")
                    .contains(
                            "1 files read with a warning:",
                            "  piece-03.mid: 5 of the 7 tracks that the header declares");
        }
    }
}
