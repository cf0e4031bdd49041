package dev.cadenza.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cadenza.server.EndlessPublisher;
import dev.cadenza.server.TinyModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A publisher is killed in the middle of it, and so is a server that loads: whatever was published plays after that. The
 * long form: {@code -Dcadenza.kill.rounds=200 -Dcadenza.kill.seed=1}.
 */
class KillTest {
    private static final int ROUNDS = Integer.getInteger("cadenza.kill.rounds", 2);
    private static final long SEED = Long.getLong("cadenza.kill.seed", 1);
    private static final int NEVER_MORE_THAN = 100_000;

    @TempDir
    private Path folder;

    @Test
    void theNextStartServesTheLastGoodVersion() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        Path models = folder.resolve("models");
        int published = 0;
        int most = 0;
        byte[] expected = {};
        for (int round = 0; round < ROUNDS; round++) {
            published = publishUntilKilled(models, published, random);
            killWhileLoading(models, random);
            Path piece = folder.resolve("piece.mid");
            int playing = play(models, piece);
            assertThat(playing).as("round %d of seed %d", round, SEED).isBetween(published, published + 1);
            byte[] bytes = Files.readAllBytes(piece);
            assertThat(bytes).isEqualTo(expected.length == 0 ? bytes : expected);
            expected = bytes;
            most = Math.max(most, playing);
            published = playing;
            forget(models, playing);
        }
        System.out.printf("%d rounds, %d versions published, all that were seen play%n", ROUNDS, most);
    }

    /** Returns the last version that the publisher said is there. */
    private int publishUntilKilled(Path models, int before, SplittableRandom random) throws Exception {
        Process publisher = java(EndlessPublisher.class, models.toString());
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(publisher.getInputStream(), StandardCharsets.UTF_8))) {
            int last = Integer.parseInt(said.readLine());
            assertThat(last).isBetween(before + 1, NEVER_MORE_THAN);
            TimeUnit.MICROSECONDS.sleep(random.nextInt(100_000));
            kill(publisher);
            for (String line = said.readLine(); line != null && line.matches("[0-9]+"); line = said.readLine()) {
                last = Integer.parseInt(line);
            }
            return last;
        }
    }

    private static void killWhileLoading(Path models, SplittableRandom random) throws Exception {
        Process server = java(ServerMain.class, "--models", models.toString(), "--port", "0", "--admin-port", "0");
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1500));
        kill(server);
    }

    private static Process java(Class<?> main, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
        builder.command().addAll(java.util.List.of(arguments));
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** SIGKILL. */
    private static void kill(Process process) throws InterruptedException {
        // Of the handle: that of the process closes what it has said before it is read.
        assertThat(process.toHandle().destroyForcibly()).isTrue();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Plays a piece with whatever is found, and says which version that was. */
    private static int play(Path models, Path piece) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                ServerMain.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = command.execute(
                "generate",
                "--models",
                models.toString(),
                "--device",
                "cpu",
                "--seed",
                "7",
                "--notes",
                "10",
                "--json",
                "-o",
                piece.toString());
        assertThat(code).as(err.toString()).isZero();
        String model = new ObjectMapper().readTree(out.toString()).path("model").textValue();
        assertThat(model).startsWith(TinyModel.NAME + "@");
        return Integer.parseInt(model.substring(TinyModel.NAME.length() + 1));
    }

    /** Older versions, and what the killed publisher left: the next round shall not take longer than this one. */
    private static void forget(Path models, int newest) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(models.resolve(TinyModel.NAME))) {
            for (Path version : folders) {
                String name = String.valueOf(version.getFileName());
                if (name.equals(Integer.toString(newest))) {
                    continue;
                }
                try (DirectoryStream<Path> files = Files.newDirectoryStream(version)) {
                    for (Path file : files) {
                        Files.delete(file);
                    }
                }
                Files.delete(version);
            }
        }
    }
}
