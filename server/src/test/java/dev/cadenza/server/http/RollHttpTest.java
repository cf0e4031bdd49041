package dev.cadenza.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.MidiLimits;
import dev.cadenza.music.MidiReadOptions;
import dev.cadenza.server.http.jetty.HttpLimits;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A piano-roll model, served like any other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollHttpTest {
    private LiveServer server;

    @BeforeAll
    void start() throws Exception {
        Path rolls = Path.of(
                Objects.requireNonNull(RollHttpTest.class.getResource("/rolls")).toURI());
        server = new LiveServer(rolls, Duration.ofSeconds(10), Optional.empty(), HttpLimits.standard());
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws Exception {
        return new ObjectMapper().readTree(response.body());
    }

    @Test
    void aSeedIsAMidiFile() throws Exception {
        HttpResponse<byte[]> first = server.get("/v1/generate?seed=7&notes=60");
        assertThat(first.statusCode())
                .as(new String(first.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(MidiFiles.read(first.body(), "answer", new MidiReadOptions(true, MidiLimits.PROMPT))
                        .notes())
                .hasSize(60);
        assertThat(server.get("/v1/generate?seed=7&notes=60").body()).isEqualTo(first.body());
        assertThat(server.get("/v1/generate?seed=8&notes=60").body()).isNotEqualTo(first.body());
    }

    @Test
    void itSaysWhatItIs() throws Exception {
        JsonNode model = json(server.get("/v1/models/tiny-roll/versions/1"));
        assertThat(model.path("kind").asText()).isEqualTo("roll");
        assertThat(model.path("encoding").path("step_ms").asInt()).isEqualTo(125);
        assertThat(model.path("controls")).isEmpty();
    }

    @Test
    void whatItCannotDoIsAProblemThatNamesTheField() throws Exception {
        HttpResponse<byte[]> score = server.post("/v1/score", "audio/midi", ScoreHttpTest.piece(5));
        assertThat(score.statusCode()).isEqualTo(422);
        assertThat(json(score).path("detail").asText())
                .contains("model tiny-roll@1 cannot score notes", "name a model of another kind");
        HttpResponse<byte[]> density = server.get("/v1/generate?seed=7&density=5");
        assertThat(density.statusCode()).isEqualTo(422);
        assertThat(json(density).path("detail").asText()).contains("density is not possible");
    }
}
