package dev.cadenza.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cadenza.console.ExitCode;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.corpus.SmallCorpus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kind of model is added by its own package and one line in a services file. */
final class ToyFamilyTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String command, String... options) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> args = new ArrayList<>(List.of(command, "--data"));
        args.add(folder.resolve("data").toString());
        args.addAll(List.of("--cache", folder.resolve("cache").toString()));
        args.addAll(List.of(options));
        return TrainerRun.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    @Test
    void aKindOfTheTestsIsTrainedResumedAndEvaluated() throws Exception {
        SmallCorpus.maestro(folder.resolve("data"), 5, 40);
        String run = folder.resolve("run").toString();
        Path best = folder.resolve("run/best.zip");
        assertThat(run("train", "--preset", "toy", "--out", run, "--updates", "3", "--replicas", "1"))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(Checkpoint.read(best).info().kind()).isEqualTo("toy");

        assertThat(run("train", "--out", run, "--resume", "--hidden", "5")).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("a resumed run cannot change");
        assertThat(run("train", "--out", run, "--resume", "--updates", "6", "--json"))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        JsonNode trained = new ObjectMapper().readTree(out.toString());
        assertThat(trained.path("updates").asInt()).isEqualTo(6);

        assertThat(run("evaluate", "--checkpoint", best.toString(), "--split", "test", "--json"))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(new ObjectMapper().readTree(out.toString()))
                .isEqualTo(Checkpoint.read(best).info().metrics().path("test"));
    }

    @Test
    void refusesWhatDoesNotGoWithAPreset() {
        String run = folder.resolve("run").toString();
        assertThat(run("train", "--preset", "toy", "--out", run, "--keep", "0.5"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--keep (0.5) does not go with the preset toy");
        assertThat(run("train", "--preset", "toy", "--out", run, "--hidden", "65"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--hidden (65) must be in 1..64");
        assertThat(run("train", "--preset", "performer", "--out", run, "--keep", "1"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--keep (1.0) does not go with the preset performer");
        assertThat(run("train", "--preset", "paper", "--out", run, "--step-ms", "9"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--step-ms (9) does not go with the preset paper");
        assertThat(run("train", "--preset", "roll-balstm", "--out", run, "--carry"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--carry (true) does not go with the preset roll-balstm");
        assertThat(run("train", "--preset", "roll-lstm", "--out", run, "--rolls", "x"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("roll-lstm needs either --rolls or --data");
        assertThat(run("train", "--preset", "roll-lstm", "--out", run, "--step-ms", "-1"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--step");
        assertThat(run("train", "--preset", "other", "--out", run)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("--preset (other) must be one of")
                .contains("paper, performer, roll-lstm, roll-tp-lstm-nade, roll-balstm");
    }
}
