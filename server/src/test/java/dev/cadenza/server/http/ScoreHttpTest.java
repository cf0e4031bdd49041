package dev.cadenza.server.http;

import static dev.cadenza.server.http.RunningServer.assertProblem;
import static dev.cadenza.server.http.RunningServer.header;
import static dev.cadenza.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import dev.cadenza.server.serving.FakeCatalog;
import dev.cadenza.server.serving.FakePerformer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScoreHttpTest {
    private static final String MIDI = "audio/midi";
    private static final List<String> ATTRIBUTES = List.of("interval", "pitch", "velocity", "duration");

    private RunningServer performer;
    private RunningServer paper;

    @BeforeAll
    void start() throws Exception {
        performer = RunningServer.ofPerformer();
        paper = new RunningServer();
    }

    @AfterAll
    void stop() {
        performer.close();
        paper.close();
    }

    /**
     * So many notes a quarter of a second apart; the first is also written on another channel, together with one off
     * the piano.
     */
    static byte[] piece(int notes) {
        List<Note> all = new ArrayList<>();
        all.add(new Note(1, 60, 50, 0, 100));
        all.add(new Note(0, 12, 50, 0, 100));
        for (int i = 0; i < notes; i++) {
            all.add(new Note(0, 60 + i % 12, 70, 250L * i, 200));
        }
        return MidiFiles.write(Score.of(TempoMap.constant(500, 500_000), all));
    }

    private static JsonNode ok(HttpResponse<byte[]> response) throws Exception {
        assertThat(response.statusCode())
                .as(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(header(response, "content-type")).isEqualTo("application/json");
        return json(response);
    }

    @Test
    void tellsTheLikelihoodOfThePieceAndOfEachNote() throws Exception {
        HttpResponse<byte[]> response = performer.post("/v1/score", MIDI, piece(100), "*/*");
        JsonNode body = ok(response);
        assertThat(header(response, "x-model")).isEqualTo("fake@2");
        assertThat(header(response, "x-model-sha256")).isEqualTo(FakeCatalog.SHA256);
        assertThat(response.headers().firstValue("x-seed")).isEmpty();
        assertThat(body.get("model").textValue()).isEqualTo("fake@2");
        assertThat(body.get("sha256").textValue()).isEqualTo(FakeCatalog.SHA256);
        assertThat(body.get("notes").intValue()).isEqualTo(100);
        assertThat(body.get("merged_notes").intValue()).isEqualTo(1);
        assertThat(body.get("unplayable_notes").intValue()).isEqualTo(1);
        assertThat(body.get("per_note")).hasSize(100);
        double all = 0;
        for (String attribute : ATTRIBUTES) {
            double sum = 0;
            for (JsonNode note : body.get("per_note")) {
                sum -= note.get("logp_" + attribute).doubleValue();
            }
            double nll = body.get("nll_" + attribute).doubleValue();
            assertThat(nll).isCloseTo(sum / 100, within(1e-5));
            all += nll;
        }
        assertThat(body.get("nll_nats_per_note").doubleValue()).isCloseTo(all, within(1e-9));
        JsonNode third = body.get("per_note").get(2);
        assertThat(third.get("index").intValue()).isEqualTo(2);
        assertThat(third.get("pitch").intValue()).isEqualTo(62);
        assertThat(third.get("velocity").intValue()).isEqualTo(70);
        assertThat(third.get("onset_ms").intValue()).isEqualTo(500);
        assertThat(third.get("duration_ms").intValue()).isEqualTo(200);
        assertThat(third.get("interval_ms").intValue()).isEqualTo(250);
    }

    @Test
    void leavesOutWhatAModelDoesNotKnow() throws Exception {
        JsonNode body = ok(paper.post("/v1/score", MIDI, piece(10), "application/json"));
        assertThat(body.get("notes").intValue()).isEqualTo(12);
        assertThat(body.get("merged_notes").intValue()).isZero();
        assertThat(body.has("nll_velocity")).isTrue();
        assertThat(body.has("nll_duration")).isFalse();
        assertThat(body.get("per_note").get(0).has("logp_pitch")).isTrue();
        assertThat(body.get("per_note").get(0).has("logp_duration")).isFalse();
    }

    @Test
    void takesThePieceInEveryForm() throws Exception {
        byte[] asBody =
                performer.post("/v1/score?model=fake", MIDI, piece(5), "*/*").body();
        String base64 = Base64.getEncoder().encodeToString(piece(5));
        byte[] asField = performer
                .postJson("/v1/score", "{\"prompt\":\"" + base64 + "\",\"model\":\"fake@2\",\"timeout_ms\":5000}")
                .body();
        assertThat(asField).isEqualTo(asBody);
        JsonNode asNotes = ok(performer.postJson(
                "/v1/score", "{\"prompt\":[{\"pitch\":60,\"velocity\":64,\"onset_ms\":0,\"duration_ms\":250}]}"));
        assertThat(asNotes.get("notes").intValue()).isEqualTo(1);
    }

    @Test
    void theSamePieceHasTheSameTag() throws Exception {
        HttpResponse<byte[]> first = performer.post("/v1/score?timeout_ms=9000", MIDI, piece(5), "*/*");
        HttpResponse<byte[]> again = performer.send(performer
                .request("/v1/score")
                .header("Content-Type", MIDI)
                .header("If-None-Match", header(first, "etag"))
                .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(piece(5))));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(header(performer.post("/v1/score", MIDI, piece(6), "*/*"), "etag"))
                .isNotEqualTo(header(first, "etag"));
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        assertThat(assertProblem(performer.postJson("/v1/score", "{}"), 400, "invalid_field")
                        .get("field")
                        .textValue())
                .isEqualTo("prompt");
        assertProblem(performer.post("/v1/score?seed=1", MIDI, piece(5), "*/*"), 400, "unknown_field");
        assertProblem(performer.post("/v1/score?model=x", MIDI, piece(5), "*/*"), 404, "unknown_model");
        assertProblem(performer.post("/v1/score", MIDI, piece(5), "audio/midi"), 406, "not_acceptable");
        assertProblem(performer.post("/v1/score", "text/plain", piece(5), "*/*"), 415, "unsupported_media_type");
        assertProblem(performer.post("/v1/score", MIDI, piece(10_001), "*/*"), 422, "prompt_out_of_bounds");
        assertProblem(performer.post("/v1/score", MIDI, new byte[(1 << 20) + 1], "*/*"), 413, "body_too_large");
    }

    @Test
    void endsWhenTimeIsUp() throws Exception {
        FakePerformer slow = new FakePerformer(() -> {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        try (RunningServer server = new RunningServer(slow, RunningServer.LIMITS)) {
            assertProblem(server.post("/v1/score?timeout_ms=100", MIDI, piece(5000), "*/*"), 504, "deadline_exceeded");
            assertProblem(
                    server.post("/v1/humanize?timeout_ms=100", MIDI, piece(5000), "*/*"), 504, "deadline_exceeded");
        }
    }
}
