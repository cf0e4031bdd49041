package dev.cadenza.server.http;

import static dev.cadenza.server.http.RunningServer.assertProblem;
import static dev.cadenza.server.http.RunningServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.files.TemporaryFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SoundHttpTest {
    private static final String WAV = "audio/wav";
    private static final String PATH = "/v1/generate?seed=7&notes=20";

    private RunningServer server;
    private byte[] whole = {};
    private String tag = "";

    @BeforeAll
    void start() throws Exception {
        server = new RunningServer();
        HttpResponse<byte[]> response = server.get(PATH, "Accept", WAV);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "content-type")).isEqualTo(WAV);
        assertThat(header(response, "accept-ranges")).isEqualTo("bytes");
        assertThat(header(response, "content-disposition")).contains("fake-2-seed-7.wav");
        assertThat(header(response, "x-seed")).isEqualTo("7");
        whole = response.body();
        tag = header(response, "etag");
        assertThat(header(response, "content-length")).isEqualTo(Integer.toString(whole.length));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void isSoundOfSomeLength() throws Exception {
        try (AudioInputStream sound = AudioSystem.getAudioInputStream(new ByteArrayInputStream(whole))) {
            assertThat(sound.getFrameLength()).isGreaterThan(3 * 44_100);
            byte[] samples = sound.readAllBytes();
            int loud = 0;
            for (byte sample : samples) {
                loud += sample > 8 ? 1 : 0;
            }
            assertThat(loud).isGreaterThan(samples.length / 100);
        }
    }

    @Test
    void whatIsAskedForAgainIsTheSame() throws Exception {
        HttpResponse<byte[]> again = server.get(PATH, "Accept", WAV);
        assertThat(again.body()).isEqualTo(whole);
        assertThat(header(again, "etag")).isEqualTo(tag);
        assertThat(server.get(PATH, "Accept", WAV, "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        assertThat(header(server.get(PATH), "etag")).isNotEqualTo(tag);
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-99, 0, 100", "bytes=44-44, 44, 45", "bytes=1000-, 1000, -1", "bytes=-50, -50, -1"})
    void aRangeIsThatPart(String range, int from, int to) throws Exception {
        int first = from < 0 ? whole.length + from : from;
        int end = to < 0 ? whole.length : to;
        HttpResponse<byte[]> part = server.get(PATH, "Accept", WAV, "Range", range);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(header(part, "content-range")).isEqualTo("bytes " + first + "-" + (end - 1) + "/" + whole.length);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, first, end));
        assertThat(header(part, "etag")).isEqualTo(tag);

        assertThat(server.get(PATH, "Accept", WAV, "Range", range, "If-Range", tag)
                        .statusCode())
                .isEqualTo(206);
        HttpResponse<byte[]> other = server.get(PATH, "Accept", WAV, "Range", range, "If-Range", "\"another\"");
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.body()).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=0-1,5-6",
                "bytes=9-3",
                "bytes=-",
                "seconds=0-1",
                "bytes=a-b",
                "bytes=99999999999999999999-"
            })
    void whatIsNoRangeIsPassedOver(String range) throws Exception {
        HttpResponse<byte[]> response = server.get(PATH, "Accept", WAV, "Range", range);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).hasSize(whole.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=999999999-", "bytes=-0"})
    void whereNothingIsIsSaid(String range) throws Exception {
        HttpResponse<byte[]> response = server.get(PATH, "Accept", WAV, "Range", range);
        assertProblem(response, 416, "range_not_satisfiable");
        assertThat(header(response, "content-range")).isEqualTo("bytes */" + whole.length);
    }

    private HttpResponse<byte[]> head(String path) throws Exception {
        return server.send(
                server.request(path).header("Accept", WAV).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    }

    @Test
    void headSaysHowLongItIsOnceItIsThere() throws Exception {
        HttpResponse<byte[]> known = head(PATH);
        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(header(known, "content-length")).isEqualTo(Integer.toString(whole.length));
        assertThat(header(known, "etag")).isEqualTo(tag);
        assertThat(known.body()).isEmpty();
        HttpResponse<byte[]> unknown = head(PATH + "1");
        assertThat(unknown.statusCode()).isEqualTo(200);
        assertThat(header(unknown, "accept-ranges")).isEqualTo("bytes");
    }

    @Test
    void equalRequestsAtOnceGetTheSameBytes() throws Exception {
        List<CompletableFuture<HttpResponse<byte[]>>> asked = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            asked.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return server.get("/v1/generate?seed=11&notes=200", "Accept", WAV);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        byte[] first = asked.get(0).get().body();
        assertThat(first.length).isGreaterThan(44);
        for (CompletableFuture<HttpResponse<byte[]>> other : asked) {
            assertThat(other.get().statusCode()).isEqualTo(200);
            assertThat(other.get().body()).isEqualTo(first);
        }
    }

    @Test
    void oneFileHoldsOnePieceOfABoundedLength() throws Exception {
        assertProblem(server.get(PATH + "&n=2", "Accept", WAV), 400, "invalid_field");
        HttpResponse<byte[]> endless = server.get("/v1/generate?seed=7&notes=10000", "Accept", WAV);
        assertThat(assertProblem(endless, 422, "too_long").path("detail").asText())
                .contains("lasts at most 600 seconds");
        byte[] body = "{\"seed\":7,\"notes\":20}".getBytes(StandardCharsets.UTF_8);
        assertThat(server.post("/v1/generate", "application/json", body, WAV).body())
                .isEqualTo(whole);
    }

    private static List<Path> soundFolders() throws IOException {
        try (Stream<Path> all = Files.list(TemporaryFolder.root())) {
            return all.filter(path -> String.valueOf(path.getFileName()).startsWith("cadenza-sound"))
                    .toList();
        }
    }

    @Test
    void survivesACleanerOfTemporaryFiles() throws Exception {
        List<Path> others = soundFolders();
        try (RunningServer own = new RunningServer()) {
            assertThat(own.get(PATH, "Accept", WAV).body()).isEqualTo(whole);
            List<Path> folders = new ArrayList<>(soundFolders());
            folders.removeAll(others);
            assertThat(folders).hasSize(1);
            assertThat(TemporaryFolder.discard(folders.get(0))).isTrue();
            assertThat(own.get(PATH, "Accept", WAV).body()).isEqualTo(whole);
            assertThat(own.get(PATH + "&tempo=100", "Accept", WAV).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void withoutAFolderForTemporaryFilesEverythingElseIsAnswered() throws Exception {
        String before = System.getProperty("java.io.tmpdir");
        try (RunningServer own = new RunningServer()) {
            System.setProperty("java.io.tmpdir", before + "/there is no such folder");
            HttpResponse<byte[]> refused = own.get(PATH, "Accept", WAV);
            assertThat(assertProblem(refused, 503, "unavailable").path("detail").asText())
                    .contains("cannot write a sound file", "other media types")
                    .doesNotContain("no such folder", before + "/");
            assertThat(header(refused, "retry-after")).isNotEmpty();
            assertThat(own.get(PATH).statusCode()).isEqualTo(200);
            System.setProperty("java.io.tmpdir", before);
            assertThat(own.get(PATH, "Accept", WAV).body()).isEqualTo(whole);
        } finally {
            System.setProperty("java.io.tmpdir", before);
        }
    }

    @Test
    void whatWaitsWhenTheServerStopsIsToldSo() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        ExecutorService clients = Executors.newCachedThreadPool();
        RunningServer own = new RunningServer(
                () -> awaitOpen(gate), RunningServer.limits(8, 16, Duration.ofSeconds(30), Duration.ofMillis(300)));
        List<CompletableFuture<String>> asked = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                String request = "GET /v1/generate?notes=1500&seed=" + i + " HTTP/1.1\r\nHost: x\r\nAccept: " + WAV
                        + "\r\nConnection: close\r\n\r\n";
                asked.add(CompletableFuture.supplyAsync(() -> exchange(own.server.port(), request), clients));
            }
            // All have arrived and play; then nothing plays, and the sounds wait to be rendered.
            await(() -> own.server.streams() + own.server.waiting() == 8
                    || asked.stream().anyMatch(Future::isDone));
            gate.countDown();
            await(() -> own.catalog.lent() == 0);
        } finally {
            gate.countDown();
            own.close();
            clients.shutdown();
        }
        int refused = 0;
        for (CompletableFuture<String> one : asked) {
            String answer = one.get(30, TimeUnit.SECONDS);
            if (!answer.startsWith("HTTP/1.1 200 ")) {
                assertThat(answer)
                        .startsWith("HTTP/1.1 503 ")
                        .contains("\"code\":\"unavailable\"", "\"detail\":\"the server is shutting down\"");
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private static void awaitOpen(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(5);
        }
    }

    /** Everything that the server says until it closes the connection. */
    private static String exchange(int port, String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
