package dev.cadenza.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.console.ExitCode;
import dev.cadenza.files.LockFile;
import dev.cadenza.trainer.corpus.SmallCorpus;
import dev.cadenza.trainer.training.RunFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two trainers in one folder would write over each other's checkpoints. */
final class TwoTrainersTest {
    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    private int train(Path data, Path out) {
        err.getBuffer().setLength(0);
        return TrainerMain.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute(
                        "train",
                        "--data",
                        data.toString(),
                        "--out",
                        out.toString(),
                        "--cache",
                        folder.resolve("cache").toString(),
                        "--hidden",
                        "4",
                        "--epochs",
                        "1");
    }

    @Test
    void theSecondSaysSoAndEnds() throws Exception {
        Path data = SmallCorpus.maestro(folder.resolve("data"), 5, 30);
        Path out = folder.resolve("run");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Holder.class.getName(),
                        out.toString())
                .start();
        try {
            assertThat(other.getInputStream().read()).isEqualTo('h');
            assertThat(train(data, out)).isEqualTo(ExitCode.FAILURE);
            assertThat(err.toString().lines())
                    .containsExactly("train: " + out
                            + ": another trainer is at work in this folder; wait for its end, or choose another --out");
            assertThat(out.resolve("config.json")).doesNotExist();
        } finally {
            // As the system ends a process that ran out of memory: nothing of it gives the folder back.
            other.destroyForcibly();
        }
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThat(train(data, out)).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(Files.exists(out.resolve("last.zip"))).isTrue();
    }

    @Test
    @SuppressWarnings("try")
    void theSameProcessMayNotEither() throws Exception {
        Path out = folder.resolve("run");
        try (LockFile claimed = new RunFolder(out).claim()) {
            assertThat(train(folder.resolve("absent"), out)).isEqualTo(ExitCode.FAILURE);
            assertThat(err.toString()).contains("another trainer is at work");
        }
        assertThat(train(folder.resolve("absent"), out)).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("no such file or folder");
    }

    /** Another trainer. */
    static final class Holder {
        private Holder() {}

        @SuppressWarnings("try")
        public static void main(String[] args) throws Exception {
            try (LockFile claimed = new RunFolder(Path.of(args[0])).claim()) {
                System.out.println("holds");
                System.out.flush();
                Thread.sleep(TimeUnit.MINUTES.toMillis(5));
            }
        }
    }
}
