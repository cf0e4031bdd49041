package dev.cadenza.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cadenza.console.ExitCode;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.corpus.SmallCorpus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainerMainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path temporary;

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return TrainerMain.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    private int train(Path data, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "train",
                "--data",
                data.toString(),
                "--out",
                temporary.resolve("run").toString()));
        args.addAll(List.of("--cache", temporary.resolve("cache").toString()));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    @Test
    void trainsEvaluatesAndRecordsTheFigures() throws Exception {
        Path data = SmallCorpus.maestro(temporary.resolve("data"), 10, 60);
        int code = train(data, "--hidden", "8", "--batch", "4", "--epochs", "2", "--seed", "9", "--json");
        JsonNode outcome = new ObjectMapper().readTree(out.toString());
        Path best = temporary.resolve("run/best.zip");

        assertThat(code).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(err.toString()).contains("GFLOP/s").contains("official split");
        assertThat(outcome.path("validation").path("notes").asInt()).isEqualTo(2 * 60);
        assertThat(outcome.path("notes_seen").asInt()).isPositive();

        int evaluated = run(
                "evaluate",
                "--checkpoint",
                best.toString(),
                "--data",
                data.toString(),
                "--split",
                "test",
                "--json",
                "--cache",
                temporary.resolve("cache").toString());
        JsonNode figures = new ObjectMapper().readTree(out.toString());
        assertThat(evaluated).isEqualTo(ExitCode.OK);
        assertThat(figures).isEqualTo(Checkpoint.read(best).info().metrics().path("test"));
        JsonNode rows = figures.path("rows");
        assertThat(rows.properties()).hasSize(5);
        assertThat(rows.path("train mean").path("mse").asDouble()).isPositive();
        double parts = figures.path("nll_interval").asDouble()
                + figures.path("nll_pitch").asDouble()
                + figures.path("nll_velocity").asDouble();
        assertThat(figures.path("nll_nats_per_note").asDouble())
                .isCloseTo(parts, org.assertj.core.api.Assertions.within(1e-9));

        int table = run(
                "evaluate",
                "--checkpoint",
                best.toString(),
                "--data",
                data.toString(),
                "--cache",
                temporary.resolve("cache").toString());
        assertThat(table).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("mean of last 50")
                .contains("SNR dB")
                .contains("interval clipped at 1.000 s");
    }

    @Test
    void refusesToOverwriteARunOrToResumeItWithAnotherNetworkOrCorpus() throws Exception {
        Path data = SmallCorpus.maestro(temporary.resolve("data"), 5, 30);
        Path other = SmallCorpus.maestro(temporary.resolve("other"), 10, 30);
        assertThat(train(data, "--hidden", "4", "--epochs", "1")).isEqualTo(ExitCode.OK);

        assertThat(train(data, "--epochs", "1")).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("--resume");
        assertThat(train(data, "--resume", "--hidden", "5")).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("cannot change");
        assertThat(train(other, "--resume", "--epochs", "1")).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("another corpus");
        assertThat(train(data, "--resume", "--epochs", "2")).isEqualTo(ExitCode.OK);
    }

    @Test
    void carriesTheStateOnRequestAndKeepsToItOnResume() throws Exception {
        Path data = SmallCorpus.maestro(temporary.resolve("data"), 5, 130);
        assertThat(train(data, "--hidden", "4", "--epochs", "1", "--carry", "--replicas", "2", "--batch", "2"))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(train(data, "--resume", "--epochs", "2")).as(err.toString()).isEqualTo(ExitCode.OK);
        JsonNode config =
                new ObjectMapper().readTree(temporary.resolve("run/config.json").toFile());

        assertThat(config.path("carry").asBoolean()).isTrue();
        assertThat(config.path("replicas").asInt()).isEqualTo(2);
        assertThat(train(data, "--resume", "--replicas", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--replicas (0) must be in 1..256");
        assertThat(train(data, "--lstm", "other")).isEqualTo(ExitCode.USAGE);
        assertThat(train(data, "--resume", "--lstm", "DL4J")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--carry needs --lstm FUSED");
        assertThat(train(data, "--resume", "--epochs", "3", "--replicas", "1"))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void aRunRemembersWhatComputesItsLstm() throws Exception {
        Path data = SmallCorpus.maestro(temporary.resolve("data"), 5, 30);
        assertThat(train(data, "--hidden", "4", "--epochs", "1", "--lstm", "DL4J"))
                .isEqualTo(ExitCode.OK);
        assertThat(train(data, "--resume", "--epochs", "2")).isEqualTo(ExitCode.OK);

        assertThat(Checkpoint.read(temporary.resolve("run/last.zip"))
                        .network()
                        .getLayer(0)
                        .conf()
                        .getLayer())
                .isExactlyInstanceOf(LSTM.class);
    }

    @Test
    void benchPrintsTheAgreedFigures() throws Exception {
        assertThat(run("bench", "--hidden", "8", "--batch", "2", "--steps", "5", "--rounds", "1", "--json"))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        JsonNode figures = new ObjectMapper().readTree(out.toString());

        for (String key : List.of("sgemm_gflops_1", "fused_gflops_1", "dl4j_notes_per_s", "fused_notes_per_s_1")) {
            assertThat(figures.path(key).asDouble()).as(key).isPositive();
        }
        assertThat(figures.has("sgemm_gflops_2") && figures.has("fused_gflops_2") && figures.has("fused_notes_per_s_2"))
                .isTrue();
        assertThat(run("bench", "--hidden", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(run("bench", "--hidden", "8", "--batch", "2", "--rounds", "1"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("fused_over_dl4j");
    }

    @Test
    void timeThatEndsBeforeTheFirstValidationStillLeavesACheckpoint() throws Exception {
        Path data = SmallCorpus.maestro(temporary.resolve("data"), 5, 30);

        assertThat(train(data, "--hidden", "4", "--minutes", "1e-9"))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("validation: 30 notes");
        assertThat(Checkpoint.read(temporary.resolve("run/best.zip"))
                        .info()
                        .metrics()
                        .path("validation"))
                .isNotEmpty();
    }

    @Test
    void aResumedRunKeepsTheLimitsAndTheLicenceThatItWasBegunWith() throws Exception {
        Path data = SmallCorpus.folder(temporary.resolve("data"), 8, 30);
        train(
                data,
                "--hidden",
                "4",
                "--epochs",
                "3",
                "--validate-every",
                "7",
                "--patience",
                "9",
                "--data-licence",
                "CC0-1.0");
        assertThat(train(data, "--resume")).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(err.toString()).contains("stopped (epochs)");
        assertThat(train(data, "--resume", "--epochs", "4", "--learning-rate", "1e-4"))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(Checkpoint.read(temporary.resolve("run/last.zip"))
                        .info()
                        .provenance()
                        .at("/data/licence")
                        .asText())
                .isEqualTo("CC0-1.0");
        JsonNode limits = new ObjectMapper()
                .readTree(temporary.resolve("run/config.json").toFile())
                .path("limits");

        assertThat(limits.path("epochs").asInt()).isEqualTo(4);
        assertThat(limits.path("validate_every").asInt()).isEqualTo(7);
        assertThat(limits.path("patience").asInt()).isEqualTo(9);
    }

    @Test
    void printsTheSplitOfAnyOtherFolderAndNamesWhatItSkips() throws Exception {
        Path data = SmallCorpus.folder(temporary.resolve("mine"), 8, 30);
        Files.write(data.resolve("broken.mid"), new byte[] {1});
        int code = train(data, "--hidden", "4", "--epochs", "1");

        assertThat(code).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(err.toString())
                .contains("file hash split")
                .contains("piece-03.mid")
                .contains("1 files skipped")
                .contains("broken.mid: ");
    }

    @Test
    void aWrongCommandLineIsTwoAndAWrongInputIsOneWithALine() {
        assertThat(run("train")).isEqualTo(ExitCode.USAGE);
        assertThat(run("nothing")).isEqualTo(ExitCode.USAGE);
        assertThat(run("train", "--data", "x", "--out", "y", "--minutes", "1", "--epochs", "1"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("--help")).isEqualTo(ExitCode.OK);

        assertThat(run("evaluate", "--checkpoint", "absent.zip", "--data", "x")).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString().lines()).containsExactly("evaluate: absent.zip: no such file");
        assertThat(train(temporary.resolve("absent"))).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("absent: no such file or folder").doesNotContain("Exception");
        assertThat(train(temporary, "--keep", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--keep (0.0) must be in (0, 1]");
        assertThat(train(temporary, "--minutes", "NaN")).isEqualTo(ExitCode.USAGE);
        assertThat(run("evaluate", "--checkpoint", "x", "--data", "y", "--split", "dev"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(train(temporary, "--preset", "other")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void trainsAPerformerGoesOnFromItAndEvaluatesIt() throws Exception {
        Path data = SmallCorpus.maestro(temporary.resolve("data"), 10, 60);
        int code = train(
                data,
                "--preset",
                "performer",
                "--hidden",
                "8",
                "--batch",
                "4",
                "--window",
                "16",
                "--updates",
                "6",
                "--json");
        JsonNode outcome = new ObjectMapper().readTree(out.toString());
        Path best = temporary.resolve("run/best.zip");

        assertThat(code).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(outcome.path("updates").asInt()).isEqualTo(6);
        JsonNode validation = outcome.path("validation");
        assertThat(validation.path("notes").asInt()).isEqualTo(2 * 60);
        assertThat(validation.path("nll_nats_per_note").asDouble()).isBetween(5.0, 24.0);
        assertThat(Files.readAllLines(temporary.resolve("run/metrics.csv")).get(0))
                .contains("validation_nats");

        run(
                "evaluate",
                "--checkpoint",
                best.toString(),
                "--data",
                data.toString(),
                "--json",
                "--cache",
                temporary.resolve("cache").toString());
        JsonNode evaluated = new ObjectMapper().readTree(out.toString());
        assertThat(evaluated.path("nll_nats_per_note").asDouble())
                .isCloseTo(validation.path("nll_nats_per_note").asDouble(), within(1e-6));

        Path version = Files.createDirectories(temporary.resolve("models/x/1"));
        Files.copy(best, version.resolve("checkpoint.zip"));
        int child = run(
                "train",
                "--preset",
                "performer",
                "--hidden",
                "8",
                "--batch",
                "4",
                "--window",
                "16",
                "--updates",
                "2",
                "--data",
                data.toString(),
                "--out",
                temporary.resolve("child").toString(),
                "--cache",
                temporary.resolve("cache").toString(),
                "--from",
                version.toString());
        assertThat(child).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(Checkpoint.read(temporary.resolve("child/best.zip"))
                        .info()
                        .provenance()
                        .path("from")
                        .path("updates")
                        .asInt())
                .isEqualTo(6);

        // A run that goes on still says where it began.
        Files.delete(temporary.resolve("child/best.zip"));
        run(
                "train",
                "--data",
                data.toString(),
                "--out",
                temporary.resolve("child").toString(),
                "--resume",
                "--epochs",
                "1",
                "--cache",
                temporary.resolve("cache").toString());
        assertThat(Checkpoint.read(temporary.resolve("child/last.zip"))
                        .info()
                        .provenance()
                        .has("from"))
                .isTrue();

        assertThat(train(data, "--resume", "--preset", "paper")).isNotEqualTo(ExitCode.OK);
        assertThat(err.toString()).contains("begun with preset performer");
        assertThat(run(
                        "train",
                        "--data",
                        data.toString(),
                        "--out",
                        temporary.resolve("none").toString(),
                        "--cache",
                        temporary.resolve("cache").toString(),
                        "--preset",
                        "performer",
                        "--from",
                        temporary.resolve("nothing").toString()))
                .isNotEqualTo(ExitCode.OK);
        assertThat(err.toString()).contains("no such checkpoint");
        assertThat(temporary.resolve("none/last.zip")).doesNotExist();
    }
}
