package dev.cadenza.server.http;

import static dev.cadenza.server.http.RunningServer.assertProblem;
import static dev.cadenza.server.http.RunningServer.header;
import static dev.cadenza.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.MidiLimits;
import dev.cadenza.music.MidiReadOptions;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.server.serving.FakeCatalog;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HumanizeHttpTest {
    private static final String MIDI = "audio/midi";
    private static final String JSON = "application/json";
    private static final MidiReadOptions READ = new MidiReadOptions(false, MidiLimits.PROMPT);

    private RunningServer server;

    @BeforeAll
    void start() throws Exception {
        server = RunningServer.ofPerformer();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private HttpResponse<byte[]> humanize(String query, String accept) throws Exception {
        return server.post("/v1/humanize" + query, MIDI, ScoreHttpTest.piece(40), accept);
    }

    private Score midi(String query) throws Exception {
        HttpResponse<byte[]> response = humanize(query, "*/*");
        assertThat(header(response, "content-type")).isEqualTo(MIDI);
        return MidiFiles.read(response.body(), "answer", READ);
    }

    @Test
    void playsTheSameKeysInTheSameOrder() throws Exception {
        List<Note> written =
                MidiFiles.read(ScoreHttpTest.piece(40), "piece", READ).notes();
        Score played = midi("?seed=7");
        assertThat(played.notes())
                .extracting(Note::pitch)
                .containsExactlyElementsOf(written.stream().map(Note::pitch).toList());
        assertThat(played.notes()).extracting(Note::velocity).isNotEqualTo(Set.of(70));
        for (int i = 0; i < 42; i++) {
            long onset = played.tempoMap().microsAt(played.notes().get(i).startTick());
            assertThat(onset).isCloseTo(1000L * written.get(i).startTick(), within(20_000L));
        }
        Score exact = midi("?seed=7&timing_ms=0");
        for (int i = 0; i < 42; i++) {
            assertThat(exact.notes().get(i).startTick())
                    .isEqualTo(written.get(i).startTick());
        }
        assertThat(exact.notes().get(0)).as("off the piano").isEqualTo(written.get(0));
    }

    @Test
    void answersJsonWithTheSameNotesAsTheMidiFile() throws Exception {
        HttpResponse<byte[]> response = humanize("?seed=7", JSON);
        JsonNode body = json(response);
        assertThat(body.get("model").textValue()).isEqualTo("fake@2");
        assertThat(body.get("sha256").textValue()).isEqualTo(FakeCatalog.SHA256);
        assertThat(body.get("seed").longValue()).isEqualTo(7);
        assertThat(body.get("merged_notes").intValue()).isZero();
        assertThat(body.get("unplayable_notes").intValue()).isEqualTo(1);
        assertThat(body.get("cut_notes").intValue()).isZero();
        assertThat(body.get("logp").doubleValue()).isNegative();
        Score played = midi("?seed=7");
        assertThat(body.get("notes")).hasSize(42);
        for (int i = 0; i < 42; i++) {
            Note note = played.notes().get(i);
            assertThat(body.get("notes").get(i).get("pitch").intValue()).isEqualTo(note.pitch());
            assertThat(body.get("notes").get(i).get("velocity").intValue()).isEqualTo(note.velocity());
        }
    }

    @Test
    void hasTheHeadersOfGenerate() throws Exception {
        HttpResponse<byte[]> given = humanize("?seed=7", "*/*");
        assertThat(header(given, "x-model")).isEqualTo("fake@2");
        assertThat(header(given, "x-model-sha256")).isEqualTo(FakeCatalog.SHA256);
        assertThat(header(given, "x-seed")).isEqualTo("7");
        assertThat(header(given, "cache-control")).isEqualTo("no-cache");
        assertThat(header(given, "content-disposition")).contains("fake-2-humanized-seed-7.mid");
        HttpResponse<byte[]> chosen = humanize("", "*/*");
        assertThat(header(chosen, "cache-control")).isEqualTo("no-store");
        assertThat(header(chosen, "etag")).isEmpty();
        assertThat(humanize("?seed=" + header(chosen, "x-seed"), "*/*").body()).isEqualTo(chosen.body());
    }

    @Test
    void whateverChangesTheBytesChangesTheEntityTag() throws Exception {
        Set<String> tags = new HashSet<>();
        List<String> queries = List.of("?seed=1", "?seed=2", "?seed=1&temperature=0.5", "?seed=1&timing_ms=0");
        for (String query : queries) {
            tags.add(header(humanize(query, "*/*"), "etag"));
        }
        tags.add(header(humanize("?seed=1", JSON), "etag"));
        assertThat(tags).hasSize(queries.size() + 1).doesNotContain("");
        assertThat(header(humanize("?timing_ms=20&seed=1&temperature=1.0&timeout_ms=7000", "*/*"), "etag"))
                .isEqualTo(header(humanize("?seed=1", "*/*"), "etag"));
    }

    @Test
    void takesThePieceAsAFieldToo() throws Exception {
        String base64 = Base64.getEncoder().encodeToString(ScoreHttpTest.piece(40));
        HttpResponse<byte[]> asField =
                server.postJson("/v1/humanize", "{\"seed\":\"7\",\"timing_ms\":20,\"prompt\":\"" + base64 + "\"}");
        assertThat(asField.body()).isEqualTo(humanize("?seed=7", JSON).body());
    }

    @ParameterizedTest
    @CsvSource({
        "?timing_ms=201, invalid_field, timing_ms",
        "?timing_ms=-1, invalid_field, timing_ms",
        "?timing_ms=1.5, invalid_field, timing_ms",
        "?temperature=3, invalid_field, temperature",
        "?seed=x, invalid_field, seed",
        "?notes=5, unknown_field, notes",
        "?prompt=AAAA, conflicting_fields, prompt",
    })
    void namesTheFieldThatIsWrong(String query, String code, String field) throws Exception {
        assertThat(assertProblem(humanize(query, "*/*"), 400, code).get("field").textValue())
                .isEqualTo(field);
    }

    @Test
    void needsAPieceAndAModelThatChooses() throws Exception {
        assertThat(assertProblem(server.postJson("/v1/humanize", "{\"seed\":1}"), 400, "invalid_field")
                        .get("field")
                        .textValue())
                .isEqualTo("prompt");
        try (RunningServer paper = new RunningServer()) {
            HttpResponse<byte[]> response = paper.post("/v1/humanize", MIDI, ScoreHttpTest.piece(5), "*/*");
            JsonNode problem = assertProblem(response, 422, "unsupported_field");
            assertThat(problem.get("field").textValue()).isEqualTo("model");
            assertThat(problem.get("detail").textValue()).contains("kind paper");
        }
    }
}
