package dev.cadenza.server.http;

import static dev.cadenza.server.http.RunningServer.assertProblem;
import static dev.cadenza.server.http.RunningServer.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.server.http.jetty.HttpLimits;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Too much at once, too slow, and stopping in the middle of it. */
@Timeout(60)
class LoadHttpTest {
    private static CompletableFuture<HttpResponse<byte[]>> ask(RunningServer server, String path) {
        return server.client.sendAsync(server.request(path).build(), BodyHandlers.ofByteArray());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the gate was not opened in time");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesWhatDoesNotFitIntoTheQueueAndPlaysTheRest() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        HttpLimits limits = RunningServer.limits(2, 3, Duration.ofSeconds(30), Duration.ofSeconds(10));
        try (RunningServer server = new RunningServer(() -> awaitQuietly(gate), limits)) {
            List<CompletableFuture<HttpResponse<byte[]>>> asked = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                asked.add(ask(server, "/v1/generate?notes=5&seed=" + i));
            }
            while (asked.stream().filter(CompletableFuture::isDone).count() < 7) {
                sleep(5);
            }
            // Requests for health and models are answered while everything plays.
            assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
            gate.countDown();
            int played = 0;
            for (CompletableFuture<HttpResponse<byte[]>> one : asked) {
                HttpResponse<byte[]> response = one.get();
                if (response.statusCode() == 200) {
                    played++;
                } else {
                    assertProblem(response, 429, "too_many_requests");
                    assertThat(Integer.parseInt(header(response, "retry-after")))
                            .isBetween(1, 60);
                }
            }
            assertThat(played).isEqualTo(5);
        }
    }

    @Test
    void tellsWhoWaitsThatTimeIsUpEvenInTheQueue() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        HttpLimits limits = RunningServer.limits(1, 1, Duration.ofSeconds(30), Duration.ofSeconds(10));
        try (RunningServer server = new RunningServer(() -> awaitQuietly(gate), limits)) {
            assertProblem(server.get("/v1/generate?notes=5&timeout_ms=100"), 504, "deadline_exceeded");
            // The first still holds the one player; each of the others takes the one place in the queue and leaves it.
            for (int i = 0; i < 3; i++) {
                assertProblem(server.get("/v1/generate?notes=5&timeout_ms=100"), 504, "deadline_exceeded");
            }
            gate.countDown();
            assertThat(server.get("/v1/generate?notes=5").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void stopsPlayingWhenTimeIsUp() throws Exception {
        AtomicInteger steps = new AtomicInteger();
        Runnable slow = () -> {
            steps.incrementAndGet();
            sleep(10);
        };
        try (RunningServer server = new RunningServer(slow, RunningServer.LIMITS)) {
            assertProblem(server.get("/v1/generate?notes=5000&timeout_ms=100"), 504, "deadline_exceeded");
            sleep(100);
            int then = steps.get();
            sleep(200);
            assertThat(steps.get()).isEqualTo(then).isLessThan(50);
        }
    }

    @Test
    void aPieceMayTakeLongerThanAConnectionMayBeIdle() throws Exception {
        HttpLimits limits = RunningServer.limits(1, 3, Duration.ofMillis(300), Duration.ofSeconds(10));
        try (RunningServer server = new RunningServer(() -> sleep(20), limits)) {
            assertThat(server.get("/v1/generate?notes=60").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void lettingGoOfTheServerLetsRunningRequestsFinish() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Runnable slow = () -> {
            started.countDown();
            sleep(20);
        };
        RunningServer server = new RunningServer(slow, RunningServer.LIMITS);
        CompletableFuture<HttpResponse<byte[]>> playing = ask(server, "/v1/generate?seed=1&notes=50");
        awaitQuietly(started);
        HttpRequest another = server.request("/v2/health/live").build();
        HttpRequest adminReady = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.server.adminPort() + "/v2/health/ready"))
                .build();
        assertThat(server.client.send(adminReady, BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
        int whileStopping = 200;
        while (whileStopping == 200 && !playing.isDone()) {
            whileStopping =
                    server.client.send(adminReady, BodyHandlers.discarding()).statusCode();
        }
        assertThat(whileStopping).as("ready, while a piece is finished").isEqualTo(409);
        closing.get();
        assertThat(playing.get().statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> server.client
                        .sendAsync(another, BodyHandlers.ofByteArray())
                        .get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(java.io.IOException.class);
    }

    @Test
    void whatDoesNotFinishInTimeIsToldThatTheServerStops() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        HttpLimits limits = RunningServer.limits(1, 3, Duration.ofSeconds(30), Duration.ofMillis(300));
        RunningServer server = new RunningServer(
                () -> {
                    started.countDown();
                    sleep(20);
                },
                limits);
        CompletableFuture<HttpResponse<byte[]>> endless = ask(server, "/v1/generate?seed=1&notes=10000");
        awaitQuietly(started);
        long start = System.nanoTime();
        server.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertProblem(endless.get(), 503, "unavailable");
    }

    /** Jetty on its own gives a connection one second once it stops: the answer would end in the middle, as a 200. */
    @Test
    void aSlowReaderGetsItsWholeAnswerWhileTheServerStops() throws Exception {
        HttpLimits limits = RunningServer.limits(1, 3, Duration.ofSeconds(30), Duration.ofSeconds(20));
        RunningServer server = new RunningServer(() -> {}, limits);
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.server.port()));
            socket.getOutputStream()
                    .write(
                            "GET /v1/generate?seed=1&notes=10000&n=16 HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            ByteArrayOutputStream received = new ByteArrayOutputStream();
            received.write(socket.getInputStream().read());
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
            sleep(2500);
            socket.getInputStream().transferTo(received);
            stopped.join();

            String answer = received.toString(StandardCharsets.ISO_8859_1);
            int head = answer.indexOf("\r\n\r\n") + 4;
            assertThat(answer).contains("Content-Length: " + (answer.length() - head));
            assertThat(answer.length()).isGreaterThan(5_000_000);
        }
    }
}
