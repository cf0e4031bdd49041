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
import dev.cadenza.music.TempoMap;
import dev.cadenza.server.serving.FakeCatalog;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GenerateHttpTest {
    private static final String MIDI = "audio/midi";
    private static final String JSON = "application/json";
    private static final MidiReadOptions READ = new MidiReadOptions(false, MidiLimits.PROMPT);

    private RunningServer server;

    @BeforeAll
    void start() throws Exception {
        server = new RunningServer();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Score score(HttpResponse<byte[]> response) throws Exception {
        assertThat(response.statusCode())
                .as(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(header(response, "content-type")).isEqualTo(MIDI);
        return MidiFiles.read(response.body(), "answer", READ);
    }

    /** Three notes half a second apart at 60 quarters per minute. */
    private static byte[] prompt() {
        List<Note> notes =
                List.of(new Note(0, 60, 80, 0, 200), new Note(0, 64, 81, 240, 200), new Note(0, 67, 82, 480, 200));
        return MidiFiles.write(Score.of(TempoMap.constant(480, 1_000_000), notes));
    }

    @Test
    void answersMidiWithAsManyNotesAsAskedFor() throws Exception {
        HttpResponse<byte[]> response = server.get("/v1/generate?seed=7&notes=200");
        Score score = score(response);
        assertThat(score.notes()).hasSize(200);
        assertThat(score.notes().get(0).startTick()).isZero();
        assertThat(header(response, "x-model")).isEqualTo("fake@2");
        assertThat(header(response, "x-model-sha256")).isEqualTo(FakeCatalog.SHA256);
        assertThat(header(response, "x-seed")).isEqualTo("7");
        assertThat(header(response, "x-request-id")).isNotEmpty();
        assertThat(header(response, "vary")).isEqualTo("Accept");
        assertThat(header(response, "server-timing")).contains("queue;dur=").contains("play;dur=");
        assertThat(header(response, "content-disposition")).contains("fake-2-seed-7.mid");
    }

    @Test
    void defaultsToTwoHundredNotes() throws Exception {
        assertThat(score(server.get("/v1/generate")).notes()).hasSize(200);
    }

    @Test
    void answersJsonWithTheSameNotesAsTheMidiFile() throws Exception {
        HttpResponse<byte[]> response = server.get("/v1/generate?seed=7&notes=50", "Accept", JSON);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "content-type")).isEqualTo(JSON);
        JsonNode body = json(response);
        assertThat(names(body)).containsExactly("model", "sha256", "seed", "tempo", "variations");
        assertThat(body.get("model").textValue()).isEqualTo("fake@2");
        assertThat(body.get("sha256").textValue()).isEqualTo(FakeCatalog.SHA256);
        assertThat(body.get("seed").isIntegralNumber()).isTrue();
        assertThat(body.get("seed").longValue()).isEqualTo(7);
        assertThat(body.get("tempo").intValue()).isEqualTo(120);
        assertThat(body.get("variations")).hasSize(1);
        JsonNode variation = body.get("variations").get(0);
        assertThat(names(variation)).containsExactly("seed", "notes", "logp");
        assertThat(variation.get("logp").doubleValue()).isNegative();

        Score score = score(server.get("/v1/generate?seed=7&notes=50"));
        assertThat(variation.get("notes")).hasSize(50);
        for (int i = 0; i < 50; i++) {
            JsonNode note = variation.get("notes").get(i);
            Note written = score.notes().get(i);
            assertThat(names(note)).containsExactly("pitch", "velocity", "onset_ms", "duration_ms");
            assertThat(note.get("pitch").intValue()).isEqualTo(written.pitch());
            assertThat(note.get("velocity").intValue()).isEqualTo(written.velocity());
            assertThat(note.get("onset_ms").longValue())
                    .isEqualTo(score.tempoMap().microsAt(written.startTick()) / 1000);
        }
    }

    @Test
    void sameSeedGivesTheSameBytesAloneAndInACrowd() throws Exception {
        String path = "/v1/generate?seed=99&notes=120";
        byte[] alone = server.get(path).body();
        List<CompletableFuture<HttpResponse<byte[]>>> crowd = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String own = i % 2 == 0 ? path : "/v1/generate?notes=100&seed=" + i;
            crowd.add(server.client.sendAsync(server.request(own).build(), BodyHandlers.ofByteArray()));
        }
        for (int i = 0; i < crowd.size(); i++) {
            HttpResponse<byte[]> response = crowd.get(i).get();
            assertThat(response.statusCode()).isEqualTo(200);
            if (i % 2 == 0) {
                assertThat(response.body()).isEqualTo(alone);
            } else {
                assertThat(response.body()).isNotEqualTo(alone);
            }
        }
    }

    @Test
    void postAndGetOfTheSameOptionsGiveTheSameBytes() throws Exception {
        byte[] got = server.get("/v1/generate?seed=-5&notes=30&temperature=0.5", "Accept", JSON)
                .body();
        HttpResponse<byte[]> posted =
                server.postJson("{\"seed\":\"-5\",\"notes\":30,\"temperature\":0.5,\"key\":null}");
        assertThat(posted.body()).isEqualTo(got);
    }

    @Test
    void choosesAndReturnsASeedThatRepeatsThePiece() throws Exception {
        HttpResponse<byte[]> first = server.get("/v1/generate?notes=20");
        HttpResponse<byte[]> second = server.get("/v1/generate?notes=20");
        assertThat(header(first, "x-seed")).isNotEqualTo(header(second, "x-seed"));
        assertThat(header(first, "cache-control")).isEqualTo("no-store");
        assertThat(first.headers().firstValue("etag")).isEmpty();
        assertThat(Long.parseLong(header(first, "x-seed"))).isBetween(0L, 1L << 53);
        assertThat(server.get("/v1/generate?notes=20&seed=" + header(first, "x-seed"))
                        .body())
                .isEqualTo(first.body());
    }

    @Test
    void variationsAreWhatTheirOwnSeedsGive() throws Exception {
        JsonNode several = json(server.get("/v1/generate?seed=40&notes=25&n=3", "Accept", JSON));
        assertThat(several.get("variations")).hasSize(3);
        for (JsonNode variation : several.get("variations")) {
            long seed = variation.get("seed").longValue();
            JsonNode alone = json(server.get("/v1/generate?notes=25&seed=" + seed, "Accept", JSON));
            assertThat(alone.get("variations").get(0)).isEqualTo(variation);
        }
        assertProblem(server.get("/v1/generate?seed=40&n=3"), 400, "invalid_field");
    }

    @Test
    void sendsAnEntityTagAndAnswers304ToIt() throws Exception {
        HttpResponse<byte[]> first = server.get("/v1/generate?seed=7&notes=20");
        String tag = header(first, "etag");
        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        for (String sent : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            HttpResponse<byte[]> again = server.get("/v1/generate?notes=20&seed=7", "If-None-Match", sent);
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(header(again, "etag")).isEqualTo(tag);
            assertThat(header(again, "x-model")).isEqualTo("fake@2");
            assertThat(header(again, "content-type")).isEqualTo("audio/midi");
        }
        assertThat(header(first, "content-length")).isEqualTo(Integer.toString(first.body().length));
        assertThat(server.get("/v1/generate?seed=7&notes=20", "If-None-Match", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whateverChangesTheBytesChangesTheEntityTag() throws Exception {
        Set<String> tags = new HashSet<>();
        List<String> queries = List.of(
                "seed=1&notes=5",
                "seed=2&notes=5",
                "seed=1&notes=6",
                "seed=1&seconds=5",
                "seed=1&notes=5&temperature=0.5",
                "seed=1&notes=5&tempo=90",
                "seed=1&notes=5&pedal=held");
        for (String query : queries) {
            tags.add(header(server.get("/v1/generate?" + query), "etag"));
        }
        tags.add(header(server.get("/v1/generate?seed=1&notes=5", "Accept", JSON), "etag"));
        tags.add(header(server.post("/v1/generate?seed=1&notes=5", MIDI, prompt(), "*/*"), "etag"));
        tags.add(
                header(server.post("/v1/generate?seed=1&notes=5&include_prompt=false", MIDI, prompt(), "*/*"), "etag"));
        assertThat(tags).hasSize(queries.size() + 3).doesNotContain("");
        assertThat(header(server.get("/v1/generate?top_p=1.0&notes=5&seed=1&timeout_ms=5000"), "etag"))
                .isEqualTo(header(server.get("/v1/generate?seed=1&notes=5"), "etag"));
    }

    @Test
    void sendsTheTaggedBytesUnpackedToWhoeverWouldUnpackThem() throws Exception {
        String path = "/v1/generate?seed=7&notes=200";
        HttpResponse<byte[]> plain = server.get(path, "Accept", JSON);
        HttpResponse<byte[]> packed = server.get(path, "Accept", JSON, "Accept-Encoding", "gzip, br");
        assertThat(packed.body()).isEqualTo(plain.body());
        assertThat(header(packed, "content-encoding")).isEmpty();
        assertThat(header(packed, "etag")).isEqualTo(header(plain, "etag"));
    }

    @Test
    void headSaysWhatGetWouldWithoutPlaying() throws Exception {
        HttpResponse<byte[]> head =
                server.send(server.request("/v1/generate?seed=7&notes=20").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "content-type")).isEqualTo(MIDI);
        assertThat(header(head, "etag")).isEqualTo(header(server.get("/v1/generate?seed=7&notes=20"), "etag"));
        assertThat(header(head, "server-timing")).isEmpty();
    }

    @Test
    void continuesAPrompt() throws Exception {
        String query = "/v1/generate?seed=3&notes=10";
        Score whole = score(server.post(query, MIDI, prompt(), "*/*"));
        assertThat(whole.notes()).hasSize(13);
        assertThat(whole.notes().subList(0, 3)).extracting(Note::pitch).containsExactly(60, 64, 67);
        assertThat(whole.tempoMap().changes())
                .singleElement()
                .satisfies(change -> assertThat(change.microsPerQuarter()).isEqualTo(1_000_000));
        Score alone = score(server.post(query + "&include_prompt=false", MIDI, prompt(), "*/*"));
        assertThat(alone.notes()).hasSize(10);
        assertThat(alone.notes().get(0).startTick()).isZero();
        assertThat(alone.notes())
                .extracting(Note::pitch)
                .containsExactlyElementsOf(
                        whole.notes().subList(3, 13).stream().map(Note::pitch).toList());
        Score unprompted = score(server.get(query));
        assertThat(unprompted.notes())
                .extracting(Note::pitch)
                .isNotEqualTo(alone.notes().stream().map(Note::pitch).toList());
    }

    @Test
    void takesThePromptInEveryFormAndAnswersTheSame() throws Exception {
        String base64 = Base64.getEncoder().encodeToString(prompt());
        byte[] asBody = server.post("/v1/generate?seed=3&notes=10", MIDI, prompt(), JSON)
                .body();
        byte[] asField = server.postJson("{\"seed\":3,\"notes\":10,\"prompt\":\"" + base64 + "\"}")
                .body();
        byte[] asQuery = server.get(
                        "/v1/generate?seed=3&notes=10&prompt="
                                + base64.replace('+', '-').replace('/', '_'),
                        "Accept",
                        JSON)
                .body();
        assertThat(asField).isEqualTo(asBody);
        assertThat(asQuery).isEqualTo(asBody);

        JsonNode notes = json(server.postJson(
                        "{\"seed\":3,\"notes\":10,\"prompt\":[{\"pitch\":60,\"velocity\":80,\"onset_ms\":0,\"duration_ms\":417},"
                                + "{\"pitch\":64,\"velocity\":81,\"onset_ms\":500,\"duration_ms\":417},"
                                + "{\"pitch\":67,\"velocity\":82,\"onset_ms\":1000,\"duration_ms\":417}]}"))
                .at("/variations/0/notes");
        assertThat(notes).isEqualTo(RunningServer.jsonOf(asBody).at("/variations/0/notes"));
    }

    @Test
    void anAnswerCanBeThePromptOfTheNextRequest() throws Exception {
        JsonNode first = json(server.get("/v1/generate?seed=5&notes=12", "Accept", JSON));
        String notes = first.at("/variations/0/notes").toString();
        JsonNode second = json(server.postJson("{\"seed\":6,\"notes\":4,\"prompt\":" + notes + "}"));
        assertThat(second.at("/variations/0/notes")).hasSize(16);
        for (int i = 0; i < 12; i++) {
            assertThat(second.at("/variations/0/notes").get(i))
                    .isEqualTo(first.at("/variations/0/notes").get(i));
        }
    }

    @ParameterizedTest
    @CsvSource({"40", "97", "120", "333.5"})
    void tempoChangesTheNotationAndNotTheTime(double tempo) throws Exception {
        Score plain = score(server.post("/v1/generate?seed=3&notes=20", MIDI, prompt(), "*/*"));
        Score other = score(server.post("/v1/generate?seed=3&notes=20&tempo=" + tempo, MIDI, prompt(), "*/*"));
        assertThat(60e6 / other.tempoMap().changes().get(0).microsPerQuarter()).isCloseTo(tempo, within(0.01));
        assertThat(other.tempoMap().changes()).hasSize(1);
        for (int i = 0; i < plain.notes().size(); i++) {
            long expected = plain.tempoMap().microsAt(plain.notes().get(i).startTick());
            long actual = other.tempoMap().microsAt(other.notes().get(i).startTick());
            assertThat(actual).isCloseTo(expected, within(501L));
        }
        JsonNode body = json(server.post("/v1/generate?seed=3&notes=20&tempo=" + tempo, MIDI, prompt(), JSON));
        assertThat(body.get("tempo").doubleValue()).isEqualTo(tempo);
        assertThat(json(server.post("/v1/generate?seed=3&notes=20", MIDI, prompt(), JSON))
                        .get("tempo")
                        .doubleValue())
                .isEqualTo(60);
    }

    @Test
    void playsForAsManySecondsAsAskedFor() throws Exception {
        Score score = score(server.get("/v1/generate?seed=3&seconds=12.5"));
        assertThat(score.durationMicros()).isBetween(11_000_000L, 12_501_000L);
    }

    @Test
    void takesTheExtremesOfTheSeed() throws Exception {
        for (String seed : List.of("9223372036854775807", "-9223372036854775808", "0")) {
            HttpResponse<byte[]> response = server.get("/v1/generate?notes=5&seed=" + seed, "Accept", JSON);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(header(response, "x-seed")).isEqualTo(seed);
            assertThat(json(response).get("seed").asText()).isEqualTo(seed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audio/midi",
                "audio/*",
                "*/*",
                "text/html,application/xhtml+xml,*/*;q=0.8",
                "application/json;q=0.5, audio/midi",
                "audio/midi;q=0.3, application/json;q=0.2, */*;q=0.1"
            })
    void answersMidiToWhoeverPrefersIt(String accept) throws Exception {
        assertThat(header(server.get("/v1/generate?seed=1&notes=3", "Accept", accept), "content-type"))
                .isEqualTo(MIDI);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/*", "*/*, audio/midi;q=0", "AUDIO/midi;q=0.5, Application/JSON"
            })
    void answersJsonToWhoeverPrefersIt(String accept) throws Exception {
        assertThat(header(server.get("/v1/generate?seed=1&notes=3", "Accept", accept), "content-type"))
                .isEqualTo(JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-source", "audio/ogg", "text/html", "*/*;q=0", "nonsense"})
    void refusesWhatItCannotMake(String accept) throws Exception {
        assertProblem(server.get("/v1/generate?seed=1&notes=3", "Accept", accept), 406, "not_acceptable");
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
