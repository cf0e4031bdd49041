package dev.cadenza.exporter.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.cadenza.exporter.kind.TestCheckpoints;
import dev.cadenza.exporter.kind.TestNetworks;
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
                        // No file does worse.
                        TestCheckpoints.performer(99),
                        JsonNodeFactory.instance.objectNode(),
                        TestCheckpoints.pieces(2, 10))
                .write(Path.of(checkpoint), false);
        data = music("music", 3, 40);
    }

    /** Pieces of so many notes each, among them one to validate on. */
    private String music(String name, int pieces, int count) throws Exception {
        Path music = Files.createDirectory(folder.resolve(name));
        for (int piece = 0; piece < pieces; piece++) {
            List<Note> notes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                notes.add(new Note(0, 50 + piece % 30 + i % 7 * 3, 30 + i % 90, (200L + piece / 30 * 20L) * i, 150));
            }
            Files.write(
                    music.resolve(piece + ".mid"), MidiFiles.write(Score.of(TempoMap.constant(500, 500_000), notes)));
        }
        return music.toString();
    }

    private JsonNode score(String... what) throws Exception {
        StringWriter out = new StringWriter();
        assertThat(run(out, what)).as(err.toString()).isZero();
        return new JsonMapper().readTree(out.toString());
    }

    private int run(StringWriter out, String... what) {
        List<String> words = new ArrayList<>(List.of("score", "--data", data, "--json"));
        words.addAll(List.of("--cache", folder.resolve("cache").toString()));
        words.addAll(List.of(what));
        return execute(out, words);
    }

    private int execute(StringWriter out, List<String> words) {
        CommandLine command = ExporterMain.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(words.toArray(String[]::new));
    }

    @Test
    void aCheckpointComesToWhatItsExportComesTo() throws Exception {
        String models = folder.resolve("models").toString();
        List<String> export = List.of("export", "--checkpoint", checkpoint, "--name", "tiny", "--models", models);
        assertThat(execute(new StringWriter(), export)).as(err.toString()).isZero();

        JsonNode own = score("--checkpoint", checkpoint);
        JsonNode published = score("--model", models + "/tiny/1");
        assertThat(own.path("notes").asInt()).isEqualTo(40);
        assertThat(own.path("nll_nats_per_note").asDouble()).isPositive();
        assertThat(own.path("nll_nats_per_note")).isEqualTo(published.path("nll_nats_per_note"));
        assertThat(published.path("model").asText()).isEqualTo("tiny@1");
    }

    @Test
    void aPublishedCheckpointIsExportedAgainOnWhoeversNotes() throws Exception {
        String models = folder.resolve("models").toString();
        String[] publish = {"export", "--checkpoint", checkpoint, "--name", "tiny", "--models", models};
        List<String> first = new ArrayList<>(List.of(publish));
        first.add("--with-checkpoint");
        assertThat(execute(new StringWriter(), first)).as(err.toString()).isZero();

        List<String> again = new ArrayList<>(List.of(publish));
        again.set(2, models + "/tiny/1/checkpoint.zip");
        assertThat(execute(new StringWriter(), again)).isEqualTo(1);
        assertThat(err.toString()).contains("holds no notes to prove its export on: give --data");
        again.addAll(List.of(
                "--weights",
                "fp16",
                "--data",
                music("longer", 8, 700),
                "--cache",
                folder.resolve("cache").toString()));
        assertThat(execute(new StringWriter(), again)).as(err.toString()).isZero();
        assertThat(Path.of(models, "tiny-fp16", "1", "model.onnx")).exists();
        assertThat(Path.of(models, "tiny-fp16", "1", "MODEL_CARD.md"))
                .content()
                .contains("| unplayable_pieces_share | 0 |", "from_silence", "| density_worst_factor |");
    }

    @Test
    void whatIsPlayedIsComparedWithPeopleByLimits() throws Exception {
        data = music("long", 80, 640);
        JsonNode playing = score("--checkpoint", checkpoint, "--no-likelihood", "--continuations", "4", "--seed", "7")
                .path("playing");
        // A short corpus: no piece has notes for a late part, and all have the same density.
        assertThat(playing.path("continuations").asInt()).isEqualTo(4);
        assertThat(playing.path("opening_notes").asInt()).isEqualTo(100);
        assertThat(playing.path("notes").asInt()).isEqualTo(400);
        assertThat(playing.at("/played/last_100/notes_per_s/median").isNumber()).isTrue();
        assertThat(playing.at("/longest_shared_run_notes/human/median").asInt()).isPositive();

        JsonNode measures = playing.path("measures");
        assertThat(measures.at("/unplayable_pieces_share/people").asDouble()).isZero();
        assertThat(measures.at("/unplayable_pieces_share/model").isNumber()).isTrue();
        assertThat(measures.at("/unplayable_pieces_share/must_hold").booleanValue())
                .isTrue();
        assertThat(measures.at("/longest_pulse_s/holds").isBoolean()).isTrue();
        assertThat(measures.at("/overlap_mean/model").asDouble()).isBetween(0.0, 1.0);
        assertThat(measures.at("/overlap_mean/people").asDouble()).isBetween(0.0, 1.0);
        assertThat(measures.at("/overlap_mean_late/model").isNull()).isTrue();
        assertThat(measures.at("/density_worst_factor/model").asDouble()).isGreaterThanOrEqualTo(1);
        assertThat(playing.at("/from_silence/pieces").asInt()).isEqualTo(4);
        assertThat(playing.at("/from_silence/measures/overlap_mean/model").isNumber())
                .isTrue();
        assertThat(playing.at("/from_silence/measures").has("density_worst_factor"))
                .isFalse();

        String[] again = {"--checkpoint", checkpoint, "--no-likelihood", "--continuations", "4", "--seed"};
        List<String> words = new ArrayList<>(List.of(again));
        words.add("7");
        assertThat(score(words.toArray(String[]::new)).at("/playing/measures")).isEqualTo(measures);
        words.set(5 + 1, "8");
        assertThat(score(words.toArray(String[]::new)).at("/playing/measures")).isNotEqualTo(measures);
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
        assertThat(err.toString()).contains("paper.zip is of kind paper", "use trainer evaluate");
        assertThat(run(
                        new StringWriter(),
                        "--checkpoint",
                        folder.resolve("none.zip").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("none.zip: no such file");
        assertThat(run(new StringWriter())).isEqualTo(2);
        assertThat(run(new StringWriter(), "--checkpoint", paper, "--model", "models/x/1"))
                .isEqualTo(2);
    }
}
