package dev.cadenza.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ScoreCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private final StringWriter err = new StringWriter();
    private String checkpoint = "";
    private String data = "";

    @BeforeEach
    void writeACheckpointAndMusic() throws Exception {
        checkpoint = folder.resolve("best.zip").toString();
        new Checkpoint(
                        TestNetworks.performer(8, 1),
                        TestCheckpoints.performer(),
                        JsonNodeFactory.instance.objectNode(),
                        TestCheckpoints.pieces(2, 10))
                .write(Path.of(checkpoint), false);
        Path music = Files.createDirectory(folder.resolve("music"));
        for (int piece = 0; piece < 3; piece++) {
            List<Note> notes = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                notes.add(new Note(0, 50 + piece + i % 7 * 3, 30 + i, 200L * i, 150));
            }
            Files.write(
                    music.resolve(piece + ".mid"), MidiFiles.write(Score.of(TempoMap.constant(500, 500_000), notes)));
        }
        data = music.toString();
    }

    private JsonNode score(String... what) throws Exception {
        StringWriter out = new StringWriter();
        assertThat(run(out, what)).as(err.toString()).isZero();
        return new JsonMapper().readTree(out.toString());
    }

    private int run(StringWriter out, String... what) {
        CommandLine command = ExporterMain.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        List<String> words = new ArrayList<>(List.of("score", "--data", data, "--json"));
        words.addAll(List.of("--cache", folder.resolve("cache").toString()));
        words.addAll(List.of(what));
        return command.execute(words.toArray(String[]::new));
    }

    @Test
    void aCheckpointComesToWhatItsExportComesTo() throws Exception {
        CommandLine command = ExporterMain.commandLine();
        command.setOut(new PrintWriter(new StringWriter()));
        command.setErr(new PrintWriter(err));
        String models = folder.resolve("models").toString();
        assertThat(command.execute("export", "--checkpoint", checkpoint, "--name", "tiny", "--models", models))
                .as(err.toString())
                .isZero();

        JsonNode own = score("--checkpoint", checkpoint);
        JsonNode published = score("--model", models + "/tiny/1");
        assertThat(own.path("notes").asInt()).isEqualTo(40);
        assertThat(own.path("nll_nats_per_note").asDouble()).isPositive();
        assertThat(own.path("nll_nats_per_note")).isEqualTo(published.path("nll_nats_per_note"));
        assertThat(published.path("model").asText()).isEqualTo("tiny@1");
    }

    @Test
    void whatIsNoPerformerIsTheUsersMistake() throws Exception {
        String paper = folder.resolve("paper.zip").toString();
        new Checkpoint(
                        TestNetworks.paper(7, 1),
                        TestCheckpoints.info(),
                        JsonNodeFactory.instance.objectNode(),
                        TestCheckpoints.rows(2, 10))
                .write(Path.of(paper), false);
        assertThat(run(new StringWriter(), "--checkpoint", paper)).isEqualTo(2);
        assertThat(err.toString()).contains("--checkpoint: layer 0 is");
        assertThat(run(
                        new StringWriter(),
                        "--checkpoint",
                        folder.resolve("none.zip").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("none.zip: no such file");
        assertThat(run(new StringWriter())).isEqualTo(2);
        assertThat(run(new StringWriter(), "--checkpoint", paper, "--model", "models/x/1"))
                .isEqualTo(2);
    }
}
