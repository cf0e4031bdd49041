package dev.cadenza.server.http;

import static dev.cadenza.server.http.RunningServer.assertProblem;
import static dev.cadenza.server.http.RunningServer.header;
import static dev.cadenza.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A piece that is shorter than was asked for says so, wherever it can. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShortenedHttpTest {
    private static final String JSON = "application/json";
    private static final String WAV = "audio/wav";
    /** At 40 notes per second 10,000 are over long before an hour is. */
    private static final String HOUR = "/v1/generate?seed=7&seconds=3600&density=40&timeout_ms=600000";

    private RunningServer server;

    @BeforeAll
    void start() throws Exception {
        server = RunningServer.ofPerformer();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void jsonHeaderAndLastEventSayThatAndWhy() throws Exception {
        HttpResponse<byte[]> answer = server.get(HOUR, "Accept", JSON);
        JsonNode variation = json(answer).at("/variations/0");
        assertThat(variation.path("notes")).hasSize(10_000);
        JsonNode shortened = variation.path("shortened");
        assertThat(shortened.path("reason").textValue()).isEqualTo("most_notes");
        assertThat(shortened.path("asked_seconds").intValue()).isEqualTo(3600);
        long end = 0;
        for (JsonNode note : variation.path("notes")) {
            end = Math.max(
                    end,
                    note.path("onset_ms").longValue() + note.path("duration_ms").longValue());
        }
        assertThat(end).isLessThan(1_800_000);
        assertThat(Math.round(shortened.path("seconds").doubleValue() * 1000)).isEqualTo(end);

        String text = "reason=most_notes, asked_seconds=3600, seconds="
                + shortened.path("seconds").asText();
        assertThat(header(answer, "x-shortened")).isEqualTo(text);
        assertThat(header(server.get(HOUR), "x-shortened")).isEqualTo(text);

        HttpResponse<byte[]> stream = server.get(HOUR, "Accept", "text/event-stream");
        List<EventStreamHttpTest.Event> events = EventStreamHttpTest.events(stream.body());
        EventStreamHttpTest.Event done = events.get(events.size() - 1);
        assertThat(done.name()).isEqualTo("done");
        assertThat(done.data().at("/variations/0/shortened")).isEqualTo(shortened);
        Contract.checkBody(
                "#/components/schemas/StreamDone", done.data().toString().getBytes(StandardCharsets.UTF_8), "done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"seconds=3", "seconds=0.001", "notes=20"})
    void whatIsAsLongAsWasAskedSaysNothing(String length) throws Exception {
        HttpResponse<byte[]> answer = server.get("/v1/generate?seed=7&" + length, "Accept", JSON);
        assertThat(json(answer).at("/variations/0/notes").size()).isPositive();
        assertThat(json(answer).at("/variations/0").has("shortened")).isFalse();
        assertThat(header(answer, "x-shortened")).isEmpty();
    }

    @Test
    void aContinuationWithoutANoteSaysSo() throws Exception {
        HttpResponse<byte[]> answer = server.postJson("{\"seed\": 1, \"seconds\": 0.01, \"prompt\":"
                + " [{\"pitch\": 108, \"velocity\": 64, \"onset_ms\": 0, \"duration_ms\": 250}]}");
        assertThat(json(answer).at("/variations/0/notes")).hasSize(1);
        assertThat(json(answer).at("/variations/0/shortened/reason").textValue())
                .isEqualTo("no_note");
        assertThat(header(answer, "x-shortened")).isEqualTo("reason=no_note, asked_seconds=0.01, seconds=0");
    }

    @Test
    void soundSaysSoEachTimeAndToAHeadToo() throws Exception {
        String path = "/v1/generate?seed=7&seconds=590&density=40&timeout_ms=600000";
        HttpResponse<byte[]> sound = server.get(path, "Accept", WAV);
        assertThat(header(sound, "x-shortened")).startsWith("reason=most_notes, asked_seconds=590, seconds=");
        assertThat(header(server.get(path, "Accept", WAV), "x-shortened")).isEqualTo(header(sound, "x-shortened"));
        HttpResponse<byte[]> head = server.send(
                server.request(path).header("Accept", WAV).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(header(head, "content-length")).isEqualTo(Integer.toString(sound.body().length));
        assertThat(header(head, "x-shortened")).isEqualTo(header(sound, "x-shortened"));
    }

    @Test
    void asSoundMoreThanTenMinutesAreRefusedBeforeTheyArePlayed() throws Exception {
        String detail = assertProblem(server.get(HOUR + "&n=1", "Accept", WAV), 422, "too_long")
                .path("detail")
                .textValue();
        assertThat(detail).contains("at most 600 seconds", "3602.5");
        String prompt = "[{\"pitch\": 60, \"velocity\": 64, \"onset_ms\": ONSET, \"duration_ms\": 250}]}";
        byte[] late = ("{\"seed\": 1, \"seconds\": 10, \"prompt\": " + prompt.replace("ONSET", "590000"))
                .getBytes(StandardCharsets.UTF_8);
        assertThat(assertProblem(server.post("/v1/generate", JSON, late, WAV), 422, "too_long")
                        .path("field")
                        .textValue())
                .isEqualTo("seconds");
        byte[] later = ("{\"seed\": 1, \"notes\": 1, \"prompt\": " + prompt.replace("ONSET", "600000"))
                .getBytes(StandardCharsets.UTF_8);
        assertThat(assertProblem(server.post("/v1/generate", JSON, later, WAV), 422, "too_long")
                        .path("field")
                        .textValue())
                .isEqualTo("prompt");
    }
}
