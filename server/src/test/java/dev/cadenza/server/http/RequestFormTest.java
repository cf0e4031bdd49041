package dev.cadenza.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What headers say about bodies. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestFormTest {
    private RunningServer server;

    @BeforeAll
    void start() throws Exception {
        server = new RunningServer();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static String exchange(int port, String request) throws IOException {
        // A client that closes its sending side is taken to be gone.
        try (SlowClients client = SlowClients.begin(port, 1, request)) {
            return client.text();
        }
    }

    private static String post(String path, String type, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: " + type
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "audio/midi; charset=binary | 200",
                "audio/midi;charset=\"binary\" | 200",
                "audio/x-midi; charset=nonsense | 200",
                "audio/midi; charset= | 200",
                "audio/midi; charset=\"\\\" | 200",
                "application/json; charset=binary | 415",
                "application/json; charset=nonsense | 415",
                "application/json; charset=\u00fc | 415",
                "text/plain; charset=nonsense | 415",
                "; charset=nonsense | 415",
                "charset=nonsense | 415"
            })
    void anUnknownCharsetIsNoServerError(String type, int status) throws Exception {
        String midi = "MThd\0\0\0\6\0\0\0\1\0`MTrk\0\0\0\f\0\u0090<@`\u0080<\0\0\u00ff/\0";
        String answer = exchange(server.server.port(), post("/v1/generate?notes=3&seed=1", type, midi));
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(exchange(server.server.port(), post("/nowhere", type, midi))).startsWith("HTTP/1.1 404 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=nonsense", "audio/midi; charset=binary", "x; charset=\u00fc"})
    void anUnknownCharsetIsNoServerErrorOnTheAdminListenerEither(String type) throws Exception {
        for (String path : new String[] {"/v2/repository/index", "/v2/repository/models/fake/load"}) {
            assertThat(exchange(server.server.adminPort(), post(path, type, "{}")))
                    .startsWith("HTTP/1.1 415 ");
        }
        assertThat(exchange(
                        server.server.adminPort(),
                        "GET /v2/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: " + type
                                + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void headTellsNoOtherLengthThanGet() throws Exception {
        for (String query : new String[] {"?notes=20&seed=1", "?notes=20"}) {
            for (String type : new String[] {"audio/midi", "application/json", "text/event-stream", "audio/wav"}) {
                String rest = " /v1/generate" + query + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept: " + type
                        + "\r\n\r\n";
                String head = exchange(server.server.port(), "HEAD" + rest);
                assertThat(head)
                        .startsWith("HTTP/1.1 200 ")
                        .endsWith("\r\n\r\n")
                        .containsOnlyOnce("\r\n\r\n");
                assertThat(head).as(type).doesNotContainIgnoringCase("Content-Length");
            }
        }
    }

    @Test
    void headOfWhatIsThereTellsItsLength() throws Exception {
        for (String path : new String[] {"/", "/openapi.yaml", "/v1/models", "/v2", "/studio/main.js"}) {
            String rest = " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            String get = exchange(server.server.port(), "GET" + rest);
            String head = exchange(server.server.port(), "HEAD" + rest);
            assertThat(length(head)).as(path).isIn(length(get), "");
        }
    }

    private static String length(String answer) {
        return answer.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                .findFirst()
                .orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
    void jsonIsUtf8Alone(String charset) throws Exception {
        byte[] body = "{\"seed\":7,\"notes\":3}".getBytes(Charset.forName(charset));

        RunningServer.assertProblem(server.post("/v1/generate", "application/json", body, "*/*"), 400, "invalid_json");
    }

    @Test
    void overlongUtf8IsRefused() throws Exception {
        // 0xC1 0xA1 is an overlong "a".
        byte[] body = "{\"model\":\"\u00c1\u00a1\"}".getBytes(StandardCharsets.ISO_8859_1);

        RunningServer.assertProblem(server.post("/v1/generate", "application/json", body, "*/*"), 400, "invalid_json");
    }
}
