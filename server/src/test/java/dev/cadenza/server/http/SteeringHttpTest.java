package dev.cadenza.server.http;

import static dev.cadenza.server.http.RunningServer.assertProblem;
import static dev.cadenza.server.http.RunningServer.header;
import static dev.cadenza.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cadenza.generation.steering.Tonality;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a model that chooses among classes can be asked reaches it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SteeringHttpTest {
    private static final String PLAIN = "/v1/generate?seed=5&notes=60";

    private RunningServer server;

    @BeforeAll
    void start() throws Exception {
        server = RunningServer.ofPerformer();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private JsonNode notes(String more) throws Exception {
        HttpResponse<byte[]> response = server.get(PLAIN + more, "Accept", "application/json");
        assertThat(response.statusCode())
                .as(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return json(response).at("/variations/0/notes");
    }

    @Test
    void keepsToTheKeyWhenItIsStrict() throws Exception {
        Tonality key = Tonality.parse("F# minor");
        JsonNode strict = notes("&key=F%23+minor&key_strict=true");
        assertThat(strict)
                .hasSize(60)
                .allMatch(note -> key.contains(note.get("pitch").intValue()));
        assertThat(notes("")).anyMatch(note -> !key.contains(note.get("pitch").intValue()));
        assertThat(notes("&key=F%23+minor")).isNotEqualTo(strict);
    }

    @Test
    void keepsToTheRanges() throws Exception {
        assertThat(notes("&lowest_pitch=70&highest_pitch=81&lowest_velocity=30&highest_velocity=34"))
                .hasSize(60)
                .allMatch(note -> note.get("pitch").intValue() >= 70)
                .allMatch(note -> note.get("pitch").intValue() <= 81)
                .allMatch(note -> note.get("velocity").intValue() >= 30)
                .allMatch(note -> note.get("velocity").intValue() <= 34);
    }

    @Test
    void playsAsDenselyAsAskedFor() throws Exception {
        assertThat(lastOnset(notes("&density=2"))).isGreaterThan(3 * lastOnset(notes("&density=20")));
    }

    private static long lastOnset(JsonNode notes) {
        return notes.get(notes.size() - 1).get("onset_ms").longValue();
    }

    @Test
    void everythingThatIsAskedChangesTheEntityTagAndEachButTheRareOnesTheMusic() throws Exception {
        List<String> asked = List.of(
                "",
                "&top_p=0.9",
                "&min_p=0.05",
                "&key=C+major",
                "&key=C+minor",
                "&key=C+major&key_strict=true",
                "&density=4",
                "&lowest_pitch=60",
                "&highest_pitch=60",
                "&lowest_velocity=90",
                "&highest_velocity=40",
                "&guards=false");
        Set<String> tags = new HashSet<>();
        Set<JsonNode> music = new HashSet<>();
        for (String more : asked) {
            tags.add(header(server.get(PLAIN + more), "etag"));
            music.add(notes(more));
        }
        assertThat(tags).hasSize(asked.size()).doesNotContain("");
        assertThat(music).hasSizeGreaterThanOrEqualTo(asked.size() - 1);
    }

    @Test
    void differentSpellingsOfTheSameAreTheSame() throws Exception {
        HttpResponse<byte[]> query =
                server.get(PLAIN + "&key=bb+min&top_p=1.0&lowest_pitch=21&guards=true", "Accept", "application/json");
        HttpResponse<byte[]> body = server.postJson(
                "{\"notes\":60,\"seed\":5,\"key\":\"A# minor\",\"min_p\":-0.0,\"highest_velocity\":127}");
        assertThat(body.body()).isEqualTo(query.body());
        assertThat(header(body, "etag")).isEqualTo(header(query, "etag")).isNotEmpty();
    }

    @Test
    void namesAKeyThatItCannotRead() throws Exception {
        JsonNode problem = assertProblem(server.get(PLAIN + "&key=H+major"), 400, "invalid_field");
        assertThat(problem.get("field").textValue()).isEqualTo("key");
        assertThat(problem.get("detail").textValue()).contains("'H major'", "such as C major");
    }

    @Test
    void refusesPromptsOfWhichItWouldHearNothing() throws Exception {
        String low = "[{\"pitch\":20,\"velocity\":64,\"onset_ms\":0,\"duration_ms\":100}]";
        for (String path : List.of("/v1/generate", "/v1/score", "/v1/humanize")) {
            HttpResponse<byte[]> response = server.postJson(path, "{\"prompt\":" + low + "}");
            JsonNode problem = assertProblem(response, 422, "prompt_out_of_bounds");
            assertThat(problem.get("detail").textValue()).contains("21..108", "fake@2");
        }
    }

    @Test
    void theListOfModelsSaysWhatCanBeAsked() throws Exception {
        JsonNode controls = json(server.get("/v1/models/fake/versions/2")).get("controls");
        assertThat(controls)
                .extracting(JsonNode::textValue)
                .contains(
                        "top_p", "min_p", "key", "key_strict", "density", "lowest_pitch", "highest_velocity", "guards");
    }
}
