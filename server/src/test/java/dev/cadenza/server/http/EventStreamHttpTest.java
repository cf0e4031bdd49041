package dev.cadenza.server.http;

import static dev.cadenza.server.http.RunningServer.assertProblem;
import static dev.cadenza.server.http.RunningServer.header;
import static dev.cadenza.server.http.RunningServer.json;
import static dev.cadenza.server.http.RunningServer.jsonOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cadenza.server.http.jetty.HttpLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notes as they are made. */
@Timeout(60)
class EventStreamHttpTest {
    private static final String EVENTS = "text/event-stream";

    /** One event, by the rules of the HTML standard as far as this server uses them. */
    record Event(String name, JsonNode data) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"notes\": 40",
                "\"seconds\": 9, \"n\": 3",
                "\"notes\": 25, \"tempo\": 97.3",
                "\"notes\": 25, \"prompt\": PROMPT",
                "\"notes\": 25, \"n\": 2, \"prompt\": PROMPT, \"include_prompt\": false, \"tempo\": 211",
                "\"notes\": 25, \"prompt\": PROMPT, \"tempo\": 33"
            })
    void sendsTheNotesOfTheJsonAnswer(String fields) throws Exception {
        String prompt = "[{\"pitch\": 60, \"velocity\": 70, \"onset_ms\": 13, \"duration_ms\": 333},"
                + "{\"pitch\": 64, \"velocity\": 71, \"onset_ms\": 777, \"duration_ms\": 501}]";
        String body = "{\"seed\": 11, " + fields.replace("PROMPT", prompt) + "}";
        try (RunningServer server = RunningServer.ofPerformer()) {
            JsonNode whole = json(server.postJson(body));
            HttpResponse<byte[]> response =
                    server.post("/v1/generate", "application/json", body.getBytes(UTF_8), EVENTS);
            assertThat(header(response, "content-type")).startsWith(EVENTS);
            assertThat(header(response, "cache-control")).isEqualTo("no-store");
            assertThat(header(response, "x-model")).isEqualTo("fake@2");
            assertThat(header(response, "x-seed")).isEqualTo("11");
            assertThat(header(response, "etag")).isEmpty();
            List<Event> events = events(response.body());

            Event start = events.get(0);
            assertThat(start.name()).isEqualTo("start");
            for (String field : List.of("model", "sha256", "seed", "tempo")) {
                assertThat(start.data().path(field)).as(field).isEqualTo(whole.path(field));
            }
            Event done = events.get(events.size() - 1);
            assertThat(done.name()).isEqualTo("done");
            int before = body.contains("include_prompt") || !body.contains("prompt") ? 0 : 2;
            int all = 0;
            for (int variation = 0; variation < whole.path("variations").size(); variation++) {
                JsonNode expected = whole.path("variations").path(variation);
                int number = variation;
                List<Event> own = events.stream()
                        .filter(event -> event.name().equals("note")
                                && event.data().path("variation").intValue() == number)
                        .toList();
                assertThat(own).hasSize(expected.path("notes").size() - before);
                for (int i = 0; i < own.size(); i++) {
                    assertThat(own.get(i).data().path("index").intValue()).isEqualTo(i);
                    assertThat(expected.path("notes"))
                            .contains(own.get(i).data().path("note"));
                }
                JsonNode end = done.data().path("variations").path(variation);
                assertThat(end.path("seed")).isEqualTo(expected.path("seed"));
                assertThat(end.path("logp")).isEqualTo(expected.path("logp"));
                assertThat(end.path("notes").intValue()).isEqualTo(own.size());
                all += own.size();
            }
            assertThat(done.data().path("notes").intValue()).isEqualTo(all);
            assertThat(events).hasSize(all + 2);
        }
    }

    @Test
    void everyNoteComesWhenItIsMade() throws Exception {
        Semaphore steps = new Semaphore(0);
        try (RunningServer server = new RunningServer(steps::acquireUninterruptibly, RunningServer.LIMITS)) {
            HttpResponse<InputStream> response = open(server, "/v1/generate?seed=3&notes=5");
            BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
            assertThat(next(lines).name()).isEqualTo("start");
            for (int i = 0; i < 5; i++) {
                steps.release();
                Event note = next(lines);
                assertThat(note.name()).isEqualTo("note");
                assertThat(note.data().path("index").intValue()).isEqualTo(i);
            }
            assertThat(next(lines).name()).isEqualTo("done");
            assertThat(lines.readLine()).isNull();
        }
    }

    @Test
    void saysThatItIsStillThereWhileItWaits() throws Exception {
        Semaphore steps = new Semaphore(0);
        HttpLimits limits =
                new HttpLimits(1 << 20, 1, 4, Duration.ofSeconds(30), Duration.ofMillis(50), Duration.ofSeconds(10));
        try (RunningServer server = new RunningServer(steps::acquireUninterruptibly, limits)) {
            HttpResponse<InputStream> playing = open(server, "/v1/generate?notes=2");
            HttpResponse<InputStream> waiting = open(server, "/v1/generate?notes=1");
            for (HttpResponse<InputStream> response : List.of(playing, waiting)) {
                BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
                assertThat(next(lines).name()).isEqualTo("start");
                assertThat(lines.readLine()).startsWith(":");
                assertThat(lines.readLine()).isEmpty();
                assertThat(lines.readLine()).startsWith(":");
            }
            steps.release(100);
            assertThat(new String(playing.body().readAllBytes(), UTF_8)).contains("event: done\n");
            assertThat(new String(waiting.body().readAllBytes(), UTF_8)).contains("event: done\n");
        }
    }

    @Test
    void endsWithAnErrorWhenTimeIsUpAndWhenTheServerStops() throws Exception {
        Semaphore steps = new Semaphore(3);
        RunningServer server = new RunningServer(
                steps::acquireUninterruptibly,
                RunningServer.limits(4, 4, Duration.ofSeconds(30), Duration.ofMillis(300)));
        HttpResponse<InputStream> response = open(server, "/v1/generate?notes=500&timeout_ms=200");
        List<Event> events = events(response.body().readAllBytes());
        Event last = events.get(events.size() - 1);
        assertThat(last.name()).isEqualTo("error");
        assertThat(last.data().path("code").textValue()).isEqualTo("deadline_exceeded");
        assertThat(last.data().path("request_id").textValue())
                .isEqualTo(response.headers().firstValue("x-request-id").orElse(""));
        steps.release(1000);
        HttpResponse<InputStream> endless = open(server, "/v1/generate?notes=10000");
        Thread.sleep(50);
        Thread closing = new Thread(server::close);
        closing.start();
        Thread.sleep(400);
        steps.release(100_000);
        events = events(endless.body().readAllBytes());
        last = events.get(events.size() - 1);
        closing.join();
        assertThat(last.name()).isEqualTo("error");
        assertThat(last.data().path("code").textValue()).isEqualTo("unavailable");
    }

    @Test
    void aRequestThatIsRefusedIsAProblemAndNoStream() throws Exception {
        try (RunningServer server = new RunningServer()) {
            assertProblem(server.get("/v1/generate?notes=0", "Accept", EVENTS), 400, "invalid_field");
            assertProblem(server.get("/v1/generate?model=none", "Accept", EVENTS), 404, "unknown_model");
            assertThat(server.get("/v1/generate?seed=1&notes=3", "Accept", EVENTS + ";q=0.1, audio/midi")
                            .headers()
                            .firstValue("content-type"))
                    .hasValue("audio/midi");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {EVENTS, "application/json", "audio/midi"})
    void whoGoesAwayIsNotPlayedFor(String accept) throws Exception {
        AtomicInteger steps = new AtomicInteger();
        Runnable slow = () -> {
            steps.incrementAndGet();
            sleep(2);
        };
        try (RunningServer server = new RunningServer(slow, RunningServer.LIMITS)) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
                socket.getOutputStream()
                        .write(("GET /v1/generate?notes=10000&seed=1 HTTP/1.1\r\nHost: x\r\nAccept: " + accept
                                        + "\r\n\r\n")
                                .getBytes(UTF_8));
                while (steps.get() < 5) {
                    sleep(1);
                }
            }
            int atClose = steps.get();
            while (server.catalog.lent() > 0) {
                sleep(1);
            }
            assertThat(steps.get() - atClose).as("steps without a reader").isLessThan(100);
        }
    }

    /** What is read too early to see whether the client is there is the next request. */
    @Test
    void aRequestThatComesTooEarlyIsKept() throws Exception {
        Runnable slow = () -> sleep(2);
        try (RunningServer server = new RunningServer(slow, RunningServer.LIMITS);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
            socket.setSoTimeout(20_000);
            String generate = request("/v1/generate?notes=100&seed=1", "Accept: application/json");
            socket.getOutputStream().write(generate.getBytes(UTF_8));
            sleep(50);
            String second =
                    request("/v2/health/live", "Accept: */*") + request("/v2/health/ready", "Connection: close");
            for (byte one : second.getBytes(UTF_8)) {
                socket.getOutputStream().write(one);
                socket.getOutputStream().flush();
                if (one == '\n') {
                    sleep(7);
                }
            }
            String answers = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answers.split("HTTP/1.1 200 OK", -1)).as(answers).hasSize(4);
            assertThat(answers).contains("\"variations\"", "\"live\":true", "\"ready\":true");
        }
    }

    @Test
    void aReaderWhoReadsNothingIsGivenUp() throws Exception {
        try (RunningServer server = new RunningServer(
                        () -> {}, RunningServer.limits(32, 4, Duration.ofSeconds(2), Duration.ofSeconds(10)));
                Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), server.server.port()));
            socket.getOutputStream()
                    .write(("GET /v1/generate?notes=10000&n=16&seed=1 HTTP/1.1\r\nHost: x\r\nAccept: " + EVENTS
                                    + "\r\n\r\n")
                            .getBytes(UTF_8));
            while (server.catalog.lent() == 0) {
                sleep(1);
            }
            while (server.catalog.lent() > 0) {
                sleep(10);
            }
        }
    }

    private static String request(String path, String header) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n";
    }

    private static HttpResponse<InputStream> open(RunningServer server, String path) throws Exception {
        return server.client.send(server.request(path).header("Accept", EVENTS).build(), BodyHandlers.ofInputStream());
    }

    static List<Event> events(byte[] body) throws IOException {
        List<Event> events = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new java.io.ByteArrayInputStream(body), UTF_8))) {
            lines.mark(1);
            while (lines.read() >= 0) {
                lines.reset();
                events.add(next(lines));
                lines.mark(1);
            }
        }
        return events;
    }

    private static Event next(BufferedReader lines) throws IOException {
        String name = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                assertThat(lines.readLine()).isEmpty();
                byte[] data = line.substring(6).getBytes(UTF_8);
                String schema = name.equals("error")
                        ? "Problem"
                        : "Stream" + name.substring(0, 1).toUpperCase(ROOT) + name.substring(1);
                Contract.checkBody("#/components/schemas/" + schema, data, name);
                return new Event(name, jsonOf(data));
            } else {
                assertThat(line).matches(":.*|");
            }
        }
        throw new IOException("the stream ended within an event: " + name);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
