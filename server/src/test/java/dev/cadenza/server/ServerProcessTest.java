package dev.cadenza.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.MidiLimits;
import dev.cadenza.music.MidiReadOptions;
import dev.cadenza.music.Score;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The server as a process of its own with a real model, from its first line to SIGTERM. */
@Timeout(120)
class ServerProcessTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("curl -o piece.mid '(http://127\\.0\\.0\\.1:[0-9]+)(/[^']*)'");

    private final HttpClient client = HttpClient.newHttpClient();

    private CompletableFuture<HttpResponse<byte[]>> ask(String url) {
        return client.sendAsync(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
    }

    private static Score score(HttpResponse<byte[]> response) throws Exception {
        assertThat(response.statusCode()).isEqualTo(200);
        return MidiFiles.read(response.body(), "answer", new MidiReadOptions(false, MidiLimits.CORPUS));
    }

    @Test
    void whatTheBannerSaysWorks() throws Exception {
        try (Launched server = Launched.start()) {
            assertThat(server.banner).contains("tiny-paper@1").contains("Licence of the model: Apache-2.0");
            HttpResponse<byte[]> first = ask(server.address + server.example).get();
            assertThat(score(first).notes()).hasSize(200);
            assertThat(ask(server.address + server.example).get().body()).isEqualTo(first.body());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onSigtermRunningRequestsFinishAndTheProcessEndsWell() throws Exception {
        try (Launched server = Launched.start()) {
            ask(server.address + server.example).get();
            CompletableFuture<HttpResponse<byte[]>> running = ask(server.address + "/v1/generate?seed=1&notes=10000");
            Thread.sleep(200);
            server.process.destroy();
            assertThat(score(running.get()).notes()).hasSize(10_000);
            assertThat(server.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.process.exitValue()).isZero();
        }
    }

    /** A process and what its banner says. */
    private static final class Launched implements AutoCloseable {
        private final Process process;
        private final String banner;
        private final String address;
        private final String example;

        private Launched(Process process, String banner, Matcher matcher) {
            this.process = process;
            this.banner = banner;
            this.address = matcher.group(1);
            this.example = matcher.group(2);
        }

        static Launched start() throws IOException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            ServerMain.class.getName(),
                            "--models",
                            TinyModel.models().toString(),
                            "--port",
                            "0",
                            "--admin-port",
                            "0")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder banner = new StringBuilder();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                banner.append(line).append('\n');
                if (line.startsWith("Health:")) {
                    break;
                }
            }
            Matcher matcher = EXAMPLE.matcher(banner);
            assertThat(matcher.find()).as("banner: " + banner).isTrue();
            return new Launched(process, banner.toString(), matcher);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
