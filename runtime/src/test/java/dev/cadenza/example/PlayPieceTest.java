package dev.cadenza.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.model.TestModels;
import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.MidiLimits;
import dev.cadenza.music.MidiReadOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in README.md compiles, runs and is quoted word for word. */
class PlayPieceTest {
    @TempDir
    private Path folder;

    @Test
    void itWritesThePieceOfASeed() throws Exception {
        Path file = folder.resolve("piece.mid");
        PlayPiece.main(new String[] {TestModels.folder().toString(), "tiny-paper@1", "7", file.toString()});
        assertThat(MidiFiles.read(file, new MidiReadOptions(false, MidiLimits.CORPUS))
                        .notes())
                .hasSize(200);
    }

    @Test
    void theReadmeQuotesIt() throws Exception {
        String source = Files.readString(Path.of("src/test/java/dev/cadenza/example/PlayPiece.java"));
        String quoted = source.substring(source.indexOf("import"));
        assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + quoted + "```");
    }
}
