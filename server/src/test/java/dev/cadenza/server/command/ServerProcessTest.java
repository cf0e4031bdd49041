package dev.cadenza.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.MidiLimits;
import dev.cadenza.music.MidiReadOptions;
import dev.cadenza.music.Score;
import dev.cadenza.server.TinyModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as a process of its own with a real model, from its first line to SIGTERM. */
@Timeout(120)
class ServerProcessTest {
    private static final Pattern EXAMPLE = Pattern.compile("curl -o piece.mid '(http://[^/']+:[0-9]+)(/[^']*)'");

    @TempDir
    private Path folder;

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

    private static List<String> command(List<String> jvm, String... flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ServerMain.class.getName()));
        command.addAll(List.of("--models", TinyModel.models().toString(), "--port", "0", "--admin-port", "0"));
        command.addAll(List.of(flags));
        return command;
    }

    @Test
    void anAddressOfIpVersionSixIsPrintedAsCurlTakesIt() throws Exception {
        assumeTrue(canListenOn("::1"), "this machine has no ::1");
        try (Launched server = Launched.start("--host", "::1", "--admin-host", "::1")) {
            assertThat(server.address).startsWith("http://[::1]:");
            assertThat(ask(server.address + server.example).get().statusCode()).isEqualTo(200);
            Matcher admin = Pattern.compile("http://\\S+/v2/health/ready").matcher(server.banner);
            assertThat(admin.find()).isTrue();
            assertThat(ask(admin.group()).get().statusCode()).isEqualTo(200);
        }
    }

    private static boolean canListenOn(String host) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--check"})
    void withoutTheNativeLibraryItEndsWithOneAndOneLine(String flag) throws Exception {
        List<String> command = command(List.of("-Djava.io.tmpdir=/there is no such folder"));
        if (!flag.isEmpty()) {
            command.add(flag);
        }
        Process process = new ProcessBuilder(command).start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(err).isEqualTo(1);
            assertThat(out).isEmpty();
            assertThat(err.lines().filter(line -> line.startsWith("server: ")))
                    .as(err)
                    .singleElement()
                    .asString()
                    .contains("does not exist", "/there is no such folder", "-Djava.io.tmpdir=DIR");
            assertThat(err).doesNotContain("\tat ", "looked into");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void anAccessLogThatCannotBeOpenedEndsItWithOneAndOneLine() throws Exception {
        String log = folder.resolve("none").resolve("log").toString();
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command(List.of(), "--access-log", log))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
            String said = Files.readString(err);
            assertThat(process.exitValue()).as(said).isEqualTo(1);
            assertThat(said.lines().filter(line -> line.startsWith("server: ")))
                    .as(said)
                    .singleElement()
                    .asString()
                    .contains("--access-log " + log + " cannot be written");
            assertThat(said).doesNotContain("\tat ");
        } finally {
            process.destroyForcibly();
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

        static Launched start(String... flags) throws IOException {
            Process process = new ProcessBuilder(command(List.of(), flags))
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
