package dev.cadenza.exporter.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.cadenza.exporter.kind.TestCheckpoints;
import dev.cadenza.exporter.kind.TestNetworks;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExporterMainTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String checkpoint = "";
    private String models = "";

    @BeforeEach
    void writeACheckpoint() throws Exception {
        Path file = folder.resolve("best.zip");
        new Checkpoint(
                        TestNetworks.paper(7, 1),
                        TestCheckpoints.info(),
                        JsonNodeFactory.instance.objectNode(),
                        TestCheckpoints.rows(2, 10))
                .write(file, false);
        checkpoint = file.toString();
        models = folder.resolve("models").toString();
    }

    @Test
    void exportsACheckpointAndPrintsOneObject() throws Exception {
        assertThat(run("export", "--checkpoint", checkpoint, "--name", "tiny", "--models", models, "--json"))
                .isZero();
        JsonNode report = new JsonMapper().readTree(out.toString());
        assertThat(report.path("model").asText()).isEqualTo("tiny");
        assertThat(report.path("version").asInt()).isEqualTo(1);
        assertThat(report.at("/parity/largest_difference").asDouble()).isBetween(0.0, 2e-5);
        assertThat(folder.resolve("models/tiny/1/manifest.json")).exists();
    }

    @Test
    void saysInPlainTextWhatItPublished() {
        assertThat(run("export", "--checkpoint", checkpoint, "--name", "tiny", "--models", models))
                .isZero();
        assertThat(out.toString()).contains("published tiny@1").contains("largest difference");
    }

    @Test
    void aFileThatIsNoCheckpointFailsInOneLine() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.zip"), "no zip");
        assertThat(run("export", "--checkpoint", wrong.toString(), "--name", "tiny", "--models", models))
                .isEqualTo(1);
        assertThat(err.toString())
                .startsWith("export: ")
                .contains("not a readable zip")
                .hasLineCount(1);
        assertThat(folder.resolve("models")).doesNotExist();
    }

    @Test
    void aCheckpointThatHoldsAJavaObjectFailsInOneLineWhateverReadsIt() throws Exception {
        try (FileSystem zip = FileSystems.newFileSystem(Path.of(checkpoint))) {
            Files.write(zip.getPath("preprocessor.bin"), new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5});
        }
        String out = folder.resolve("pieces").toString();
        for (String[] command : new String[][] {
            {"export", "--checkpoint", checkpoint, "--name", "tiny", "--models", models},
            {"play", "--checkpoint", checkpoint, "--out", out},
            {"score", "--checkpoint", checkpoint, "--data", folder.toString()}
        }) {
            err.getBuffer().setLength(0);
            assertThat(run(command)).as(command[0]).isEqualTo(1);
            assertThat(err.toString())
                    .startsWith(command[0] + ": ")
                    .contains("entry preprocessor.bin does not belong in a checkpoint")
                    .hasLineCount(1);
        }
    }

    @Test
    void aWrongCommandLineIsTheUsersMistake() {
        assertThat(run("export", "--name", "tiny")).isEqualTo(2);
        assertThat(run("export", "--checkpoint", checkpoint, "--name", "No/Good", "--models", models))
                .isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(run("export", "--help")).isZero();
    }

    private int run(String... args) {
        CommandLine command = ExporterMain.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(args);
    }
}
