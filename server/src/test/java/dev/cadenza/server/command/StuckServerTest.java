package dev.cadenza.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.server.TinyModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process whose newest version hangs while it is loaded: it stops when asked, and the next one serves. */
@Timeout(480)
@DisabledOnOs(OS.WINDOWS)
class StuckServerTest {
    private static final int PATIENCE_SECONDS = 90;

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(Path errors) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StuckServer.class.getName(),
                        "--models",
                        folder.resolve("models").toString(),
                        "--state",
                        folder.resolve("state").toString(),
                        "--port",
                        "0",
                        "--admin-port",
                        "0",
                        "--load-timeout",
                        "3600",
                        "--stop-timeout",
                        "1")
                .redirectError(errors.toFile())
                .start();
        processes.add(process);
        return process;
    }

    private static String readUntil(Process process, String start) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith(start)) {
                return said.toString();
            }
        }
        throw new AssertionError("no line begins with " + start + ": " + said);
    }

    private static int stop(Process process) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("it ends")
                .isTrue();
        return process.exitValue();
    }

    @Test
    void itIsHaltedWhenItIsToStopAndTheNextOneServesTheVersionBefore() throws Exception {
        TinyModel.copyTo(folder.resolve("models"), "piano", 1);
        TinyModel.copyTo(folder.resolve("models"), "piano", 2);
        Files.createDirectories(folder.resolve("state"));

        Path errors = folder.resolve("first.txt");
        Process first = start(errors);
        readUntil(first, StuckServer.STUCK);
        assertThat(stop(first)).isEqualTo(1);
        assertThat(errors).content().contains("the server did not stop within 6.0 s; it is halted");

        Process second = start(folder.resolve("second.txt"));
        assertThat(readUntil(second, "Health:")).contains("piano@1").doesNotContain(StuckServer.STUCK);
        assertThat(folder.resolve("second.txt"))
                .content()
                .contains("piano@2: the last process ended while it loaded it");

        Path refusal = folder.resolve("third.txt");
        Process third = start(refusal);
        assertThat(third.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(third.exitValue()).isEqualTo(1);
        assertThat(refusal)
                .content()
                .contains("server: --state: " + folder.resolve("state") + " is used by another server");

        assertThat(stop(second)).isZero();
    }
}
