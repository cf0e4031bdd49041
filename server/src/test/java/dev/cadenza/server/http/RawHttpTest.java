package dev.cadenza.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no well-behaved client sends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RawHttpTest {
    private static final String END = "Host: x\r\nConnection: close\r\n\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";

    private RunningServer server;

    @BeforeAll
    void start() throws Exception {
        server = new RunningServer();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("nonsense\r\n\r\n", 400),
                Arguments.of("GET / HTTP/9.9\r\n" + END, 505),
                Arguments.of("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
                Arguments.of("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + END, 400),
                Arguments.of("GET /../etc/passwd HTTP/1.1\r\n" + END, 400),
                Arguments.of("GET /v1/models/a%2fb HTTP/1.1\r\n" + END, 400),
                Arguments.of("GET /v1/models/%00 HTTP/1.1\r\n" + END, 400),
                Arguments.of("GET /v1/models/%zz HTTP/1.1\r\n" + END, 400),
                Arguments.of("GET /v1/models/;x=y HTTP/1.1\r\n" + END, 404),
                Arguments.of("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n" + END, 414),
                Arguments.of("GET / HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n" + END, 431),
                Arguments.of("BEFORE /v1/models HTTP/1.1\r\n" + END, 405),
                Arguments.of("AFTER /v1/generate HTTP/1.1\r\n" + END, 405),
                Arguments.of("TRACE / HTTP/1.1\r\n" + END, 405),
                Arguments.of("BREW /v1/generate HTTP/1.1\r\n" + END, 405),
                Arguments.of("get /v1/models HTTP/1.1\r\n" + END, 405),
                Arguments.of("POST /v1/generate HTTP/1.1\r\n" + JSON + "Content-Length: -1\r\n" + END, 400),
                Arguments.of("POST /v1/generate HTTP/1.1\r\n" + JSON + "Content-Length: 9x\r\n" + END, 400),
                Arguments.of(
                        "POST /v1/generate HTTP/1.1\r\n" + JSON + "Content-Length: 2\r\nContent-Length: 3\r\n" + END
                                + "{}",
                        400),
                Arguments.of(
                        "POST /v1/generate HTTP/1.1\r\n" + JSON + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n"
                                + END + "{}",
                        400),
                Arguments.of(
                        "POST /v1/generate HTTP/1.1\r\n" + JSON + "Transfer-Encoding: chunked\r\n" + END + "zz\r\n{}",
                        400),
                Arguments.of("POST /v1/generate HTTP/1.1\r\n" + JSON + "Content-Length: 99999999999\r\n" + END, 413),
                Arguments.of("POST /v1/generate HTTP/1.1\r\n" + END, 415));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void brokenRequestsAreProblemsToo(String request, int status) throws Exception {
        String answer = RawHttp.exchange(server.server.port(), request);
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer).contains("application/problem+json").contains("\"status\":" + status + ",");
        assertThat(answer)
                .doesNotContain("Jetty")
                .doesNotContain("Javalin")
                .doesNotContain("\tat ")
                .doesNotContain("<html");
    }

    @Test
    void aBodyThatStopsHalfwayIsNoServerError() throws Exception {
        String request = "POST /v1/generate HTTP/1.1\r\n" + JSON + "Content-Length: 100\r\nHost: x\r\n\r\n{\"seed\"";
        try (java.net.Socket socket =
                new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), server.server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answer)
                    .satisfiesAnyOf(
                            text -> assertThat(text).isEmpty(),
                            text -> assertThat(text).startsWith("HTTP/1.1 4"));
        }
    }

    @Test
    void theServerSaysNothingAboutWhatItIsMadeOf() throws Exception {
        String answer = RawHttp.exchange(server.server.port(), "GET /v1/models HTTP/1.1\r\n" + END);
        assertThat(answer).doesNotContainIgnoringCase("jetty").doesNotContain("Server: ");
    }

    @Test
    void optionsOfTheServerAsAWholeIsAnswered() throws Exception {
        assertThat(RawHttp.exchange(server.server.port(), "OPTIONS * HTTP/1.1\r\n" + END))
                .matches("(?s)HTTP/1\\.1 (200|204|404) .*");
    }
}
