package dev.cadenza.server.http;

import static dev.cadenza.server.http.RunningServer.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.server.http.jetty.ConnectionLimits;
import dev.cadenza.server.http.jetty.HttpLimits;
import dev.cadenza.server.serving.FakeStepModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send or read slowly take nothing from the others, and are cut off. */
@Timeout(120)
class SlowClientsTest {
    /** More than the threads of the public listener; 250 in the long form. */
    private static final int BODIES = Integer.getInteger("cadenza.slow.bodies", 210);

    /** 1,000 in the long form. */
    private static final int HEADERS = Integer.getInteger("cadenza.slow.headers", 210);

    /** 64 in the long form. */
    private static final int STREAMS = Integer.getInteger("cadenza.slow.streams", 16);

    /** More than the threads of the admin listener. */
    private static final int ADMIN = 40;

    private static final String SLOW_BODY = "POST /v1/generate HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
            + " application/json\r\nContent-Length: 1000\r\n\r\n{";
    private static final String SLOW_ORDER =
            "POST /v2/repository/index HTTP/1.1\r\nHost: localhost\r\n" + "Content-Length: 1000\r\n\r\n{";

    private static HttpLimits limits(Duration headers, Duration body, Duration unread) {
        // The idle timeout must not be what ends them.
        return RunningServer.limits(16, 16, Duration.ofMinutes(5), Duration.ofSeconds(10))
                .with(new ConnectionLimits(4096, headers, body, unread, 1 << 20));
    }

    private static HttpLimits brief() {
        return limits(Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofMillis(500));
    }

    @Test
    void slowBodiesHoldNobodyUp() throws Exception {
        try (RunningServer server = new RunningServer()) {
            Latencies before = Latencies.of(server);
            try (SlowClients bodies = SlowClients.begin(server.server.port(), BODIES, SLOW_BODY);
                    SlowClients orders = SlowClients.begin(server.server.adminPort(), ADMIN, SLOW_ORDER)) {
                bodies.drip(" ");
                orders.drip(" ");
                Latencies.of(server).print(BODIES + " slow bodies", before);
            }
        }
    }

    @Test
    void slowHeadersHoldNobodyUp() throws Exception {
        try (RunningServer server = new RunningServer()) {
            Latencies before = Latencies.of(server);
            String begin = "GET / HTTP/1.1\r\nHost: x\r\nX-A";
            try (SlowClients all = SlowClients.begin(server.server.port(), HEADERS, begin);
                    SlowClients admin = SlowClients.begin(server.server.adminPort(), ADMIN, "GET / HT")) {
                all.drip("b");
                admin.drip("T");
                Latencies.of(server).print(HEADERS + " slow headers", before);
            }
        }
    }

    /** The answers are more than the kernel takes, and many of them wait on each connection. */
    @Test
    void unreadAnswersHoldNobodyUp() throws Exception {
        String requests = "GET /openapi.yaml HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(80);
        HttpLimits limits = limits(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));
        try (RunningServer server = new RunningServer(() -> {}, limits)) {
            Latencies before = Latencies.of(server);
            try (SlowClients all = SlowClients.begin(server.server.port(), BODIES, requests)) {
                Latencies.of(server).print(BODIES + " connections with unread answers", before);
                assertThat(all.drip("G")).isEqualTo(BODIES);
            }
        }
    }

    /** There is room for one more; that one client cannot take all the room is another rule's business. */
    @Test
    void unreadStreamsHoldNobodyUpAndGiveTheirPlacesBack() throws Exception {
        String request = "GET /v1/generate?seed=1&notes=10000 HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream"
                + "\r\n\r\n";
        HttpLimits limits = RunningServer.limits(STREAMS + 1, 16, Duration.ofMinutes(5), Duration.ofSeconds(10))
                .with(new ConnectionLimits(
                        4096, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(1), 1 << 20));
        AtomicInteger steps = new AtomicInteger();
        Runnable slow = () -> {
            // The fake steps row by row: about once for all rows.
            if (steps.incrementAndGet() % STREAMS == 0) {
                sleep(1);
            }
        };
        try (RunningServer server = new RunningServer(new FakeStepModel(slow), limits)) {
            Latencies before = Latencies.of(server);
            int stepsBefore = steps.get();
            try (SlowClients streams = SlowClients.begin(server.server.port(), STREAMS, request)) {
                while (server.server.streams() < STREAMS) {
                    sleep(5);
                }
                Latencies.of(server).print(STREAMS + " unread streams", before);
                while (server.server.streams() > 0) {
                    sleep(5);
                }
                assertThat(steps.get() - stepsBefore)
                        .as("steps without a reader")
                        .isLessThan(9_000 * STREAMS);
                streams.awaitEnd();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "audio/midi", "audio/wav", "text/event-stream"})
    void anUnreadPieceIsGivenUp(String type) throws Exception {
        AtomicInteger steps = new AtomicInteger();
        Runnable slow = () -> {
            if (steps.incrementAndGet() % 8 == 0 && type.equals("text/event-stream")) {
                sleep(1);
            }
        };
        String length = type.equals("audio/wav") ? "seconds=60" : "notes=10000";
        String request = "GET /v1/generate?seed=1&" + length + (type.equals("application/json") ? "&n=4" : "")
                + " HTTP/1.1\r\nHost: localhost\r\nAccept: " + type + "\r\n\r\n";
        try (RunningServer server = new RunningServer(new FakeStepModel(slow), brief());
                SlowClients reader = SlowClients.begin(server.server.port(), 1, request.repeat(20))) {
            reader.awaitEnd();
            while (server.server.streams() > 0) {
                sleep(10);
            }
            if (type.equals("text/event-stream")) {
                assertThat(steps.get()).as("steps without a reader").isLessThan(9_000);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "G", "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: b"})
    void headersThatDripInAreEnded(String begin) throws Exception {
        try (RunningServer server = new RunningServer(() -> {}, brief())) {
            for (int port : new int[] {server.server.port(), server.server.adminPort()}) {
                // Blank lines go on as blank lines.
                String answer = SlowClients.drip(port, begin, begin.isBlank() ? begin : "x", 50);
                assertThat(answer).startsWith("HTTP/1.1 408 ").contains("\"code\":\"request_timeout\"");
                assertThat(answer).contains("application/problem+json");
            }
        }
    }

    @Test
    void blankLinesThatDripInAfterARequestAreEnded() throws Exception {
        try (RunningServer server = new RunningServer(() -> {}, brief());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
            socket.setSoTimeout(30_000);
            ask(socket, "/v2/health/live");
            for (long end = System.nanoTime() + 30_000_000_000L;
                    socket.getInputStream().available() == 0 && System.nanoTime() < end; ) {
                socket.getOutputStream().write(new byte[] {'\r', '\n'});
                sleep(50);
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .startsWith("HTTP/1.1 408 ");
        }
    }

    /** Asks on a connection that is kept, and reads the answer to its end. */
    private static void ask(Socket socket, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("after " + head).isNotNegative();
            head.append((char) next);
        }
        assertThat(head).startsWith("HTTP/1.1 200 ");
        Matcher length = Pattern.compile("(?i)\r\nContent-Length: ([0-9]+)\r\n").matcher(head);
        assertThat(length.find()).as(head.toString()).isTrue();
        socket.getInputStream().skipNBytes(Long.parseLong(length.group(1)));
    }

    @Test
    void bodiesThatDripInAreEnded() throws Exception {
        try (RunningServer server = new RunningServer(() -> {}, brief())) {
            for (String request : new String[] {
                SLOW_BODY,
                SLOW_BODY
                        .replace("Content-Length: 1000", "Transfer-Encoding: chunked")
                        .replace("\r\n\r\n{", "\r\n\r\n3E8\r\n{"),
                SLOW_BODY.replace("1000", "5000000")
            }) {
                assertSlowBodyEnds(server.server.port(), request);
            }
            assertSlowBodyEnds(server.server.adminPort(), SLOW_ORDER);
        }
    }

    private static void assertSlowBodyEnds(int port, String request) throws Exception {
        String answer = SlowClients.drip(port, request, " ", 50);
        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("\"code\":\"request_timeout\"");
        assertThat(answer).containsIgnoringCase("Connection: close");
    }

    @Test
    void aConnectionThatIsKeptMayWaitLongerThanHeadersMay() throws Exception {
        try (RunningServer server = new RunningServer(() -> {}, brief());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
            for (String path : List.of("/v2/health/live", "/v1/generate?notes=2&seed=1", "/v2/health/live", "/")) {
                ask(socket, path);
                sleep(1000);
                assertThat(socket.getInputStream().available())
                        .as("after " + path)
                        .isZero();
            }
        }
    }

    @Test
    @SuppressWarnings("try") // The holder is there while its body is not whole.
    void largeBodiesShareABoundAndSmallOnesAlwaysFit() throws Exception {
        HttpLimits limits = RunningServer.limits(2, 16)
                .with(new ConnectionLimits(
                        100, Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20), 200_000));
        String begin = "POST /v1/generate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 300000\r\n\r\n" + " ".repeat(150_000);
        try (RunningServer server = new RunningServer(() -> {}, limits)) {
            byte[] large = ("{\"notes\":3}" + " ".repeat(150_000)).getBytes(StandardCharsets.US_ASCII);
            int refused = 200;
            for (int i = 0; i < 50 && refused != 503; i++) {
                // If both come at once, it may be the holder that is refused.
                try (SlowClients holder = SlowClients.begin(server.server.port(), 1, begin)) {
                    sleep(100 + 20L * i);
                    HttpResponse<byte[]> response =
                            server.post("/v1/generate", "application/json", large, "application/json");
                    refused = response.statusCode();
                    if (refused != 200) {
                        assertThat(holder.drip(" ")).isEqualTo(1);
                        assertProblem(response, 503, "unavailable");
                        assertThat(server.postJson("{\"notes\":3}").statusCode())
                                .isEqualTo(200);
                    }
                }
            }
            assertThat(refused).isEqualTo(503);
            int status = 503;
            while (status == 503) {
                status = server.post("/v1/generate", "application/json", large, "application/json")
                        .statusCode();
            }
            assertThat(status).isEqualTo(200);
        }
    }

    @Test
    void aBodyThatStillComesWhenTheServerStopsIsRefused() throws Exception {
        HttpLimits limits = RunningServer.limits(2, 16, Duration.ofSeconds(30), Duration.ofMillis(500));
        RunningServer server = new RunningServer(() -> {}, limits);
        try (SlowClients body = SlowClients.begin(server.server.port(), 1, SLOW_BODY)) {
            while (server.server.unqueued() == 0) {
                sleep(5);
            }
            long begin = System.nanoTime();
            CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
            assertThat(body.text()).startsWith("HTTP/1.1 503 ");
            closing.join();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        }
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
