package dev.cadenza.server.http;

import static dev.cadenza.server.http.RunningServer.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoChange;
import dev.cadenza.music.TempoMap;
import dev.cadenza.music.TimeSignature;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GenerateProblemsTest {
    private RunningServer server;

    @BeforeAll
    void start() throws Exception {
        server = new RunningServer();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sead=7|unknown_field|sead",
                "Seed=7|unknown_field|Seed",
                "seed=7&seed=7|duplicate_field|seed",
                "seed=7&seed=8|duplicate_field|seed",
                "seed=|invalid_field|seed",
                "seed|invalid_field|seed",
                "seed=9223372036854775808|invalid_field|seed",
                "seed=-9223372036854775809|invalid_field|seed",
                "seed=99999999999999999999999999999|invalid_field|seed",
                "seed=1e3|invalid_field|seed",
                "seed=0x10|invalid_field|seed",
                "seed=1.0|invalid_field|seed",
                "seed=%D9%A3|invalid_field|seed",
                "notes=0|invalid_field|notes",
                "notes=-1|invalid_field|notes",
                "notes=10001|invalid_field|notes",
                "notes=4294967297|invalid_field|notes",
                "notes=1e2|invalid_field|notes",
                "notes=5&seconds=5|conflicting_fields|seconds",
                "seconds=0|invalid_field|seconds",
                "seconds=-0.0|invalid_field|seconds",
                "seconds=3600.1|invalid_field|seconds",
                "seconds=NaN|invalid_field|seconds",
                "seconds=Infinity|invalid_field|seconds",
                "seconds=1e400|invalid_field|seconds",
                "seconds=1e99999999999|invalid_field|seconds",
                "seconds=0x1p3|invalid_field|seconds",
                "seconds=1d|invalid_field|seconds",
                "temperature=2.0001|invalid_field|temperature",
                "temperature=-0.1|invalid_field|temperature",
                "temperature=NaN|invalid_field|temperature",
                "temperature=|invalid_field|temperature",
                "top_p=1.5|invalid_field|top_p",
                "min_p=-1|invalid_field|min_p",
                "n=0|invalid_field|n",
                "n=17|invalid_field|n",
                "n=2|invalid_field|n",
                "include_prompt=yes|invalid_field|include_prompt",
                "tempo=9|invalid_field|tempo",
                "tempo=1001|invalid_field|tempo",
                "timeout_ms=0|invalid_field|timeout_ms",
                "timeout_ms=600001|invalid_field|timeout_ms",
                "key=H+major|invalid_field|key",
                "key=C|invalid_field|key",
                "key=|invalid_field|key",
                "key_strict=true|conflicting_fields|key_strict",
                "key_strict=1|invalid_field|key_strict",
                "top_p=0|invalid_field|top_p",
                "density=0|invalid_field|density",
                "density=40.5|invalid_field|density",
                "hands=6|invalid_field|hands",
                "hands=25|invalid_field|hands",
                "hands=on|invalid_field|hands",
                "mood=angry|invalid_field|mood",
                "pedal=up|invalid_field|pedal",
                "lowest_pitch=20|invalid_field|lowest_pitch",
                "lowest_pitch=98|invalid_field|lowest_pitch",
                "highest_pitch=109|invalid_field|highest_pitch",
                "lowest_pitch=60&highest_pitch=70|invalid_field|highest_pitch",
                "lowest_velocity=0|invalid_field|lowest_velocity",
                "highest_velocity=128|invalid_field|highest_velocity",
                "lowest_velocity=80&highest_velocity=79|invalid_field|highest_velocity",
                "guards=off|invalid_field|guards",
                "model=../../etc|invalid_field|model",
                "model=fake@0|invalid_field|model",
                "model=fake@2:stable|invalid_field|model",
                "model=Fake|invalid_field|model",
                "prompt=!!!|invalid_prompt|prompt",
                "prompt=TVRoZA|invalid_prompt|prompt",
            })
    void namesTheFieldThatIsWrong(String query, String code, String field) throws Exception {
        JsonNode problem = assertProblem(server.get("/v1/generate?" + query), 400, code);
        assertThat(problem.path("field").textValue()).isEqualTo(field);
        assertThat(problem.path("detail").textValue()).contains(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model=other|404|unknown_model|model",
                "model=fake@7|404|unknown_model|model",
                "model=fake:stable|404|unknown_model|model",
                "top_p=0.9|422|unsupported_field|top_p",
                "min_p=0.1|422|unsupported_field|min_p",
                "key=C+major|422|unsupported_field|key",
                "key=f%23+minor|422|unsupported_field|key",
                "density=4|422|unsupported_field|density",
                "hands=20|422|unsupported_field|hands",
                "mood=wild|422|unsupported_field|mood",
                "lowest_pitch=22|422|unsupported_field|lowest_pitch",
                "highest_pitch=107|422|unsupported_field|highest_pitch",
                "lowest_velocity=2|422|unsupported_field|lowest_velocity",
                "highest_velocity=126|422|unsupported_field|highest_velocity",
                "key=C+major&key_strict=true&guards=false|422|unsupported_field|key",
            })
    void saysWhatTheModelCannotDo(String query, int status, String code, String field) throws Exception {
        JsonNode problem = assertProblem(server.get("/v1/generate?" + query), status, code);
        assertThat(problem.path("field").textValue()).isEqualTo(field);
        assertThat(problem.path("detail").textValue()).contains(field.equals("model") ? "no such model" : "kind paper");
    }

    @Test
    void neutralValuesAskForNothing() throws Exception {
        String plain = "{\"seed\":1,\"notes\":5}";
        String neutral = "{\"seed\":1,\"notes\":5,\"top_p\":1,\"min_p\":0.0,\"key\":null,\"density\":null,\"n\":1,"
                + "\"key_strict\":false,\"guards\":true,\"lowest_pitch\":21,\"highest_pitch\":108,"
                + "\"lowest_velocity\":1,\"highest_velocity\":null,"
                + "\"prompt\":null,\"include_prompt\":true,\"model\":\"fake\",\"seconds\":null}";
        byte[] body = server.postJson(plain).body();
        assertThat(server.postJson(neutral).body()).isEqualTo(body);
        // A model without choices has no guards that could be on.
        assertThat(server.postJson("{\"seed\":1,\"notes\":5,\"guards\":false}").body())
                .isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|invalid_json",
                "null|invalid_json",
                "[]|invalid_json",
                "7|invalid_json",
                "{|invalid_json",
                "{\"seed\":1}x|invalid_json",
                "{\"seed\":1}{}|invalid_json",
                "{\"seed\":NaN}|invalid_json",
                "{\"seed\":01}|invalid_json",
                "{'seed':1}|invalid_json",
                "{\"seed\":1,}|invalid_json",
                "{\"seed\":1,\"seed\":1}|duplicate_field",
                "{\"prompt\":[{\"pitch\":1,\"pitch\":2}]}|duplicate_field",
                "{\"sead\":1}|unknown_field",
                "{\"\":1}|unknown_field",
                "{\"seed\":1.0}|invalid_field",
                "{\"seed\":1e2}|invalid_field",
                "{\"seed\":true}|invalid_field",
                "{\"seed\":[]}|invalid_field",
                "{\"seed\":\"0x1\"}|invalid_field",
                "{\"seed\":9223372036854775808}|invalid_field",
                "{\"notes\":\"5\"}|invalid_field",
                "{\"notes\":5.0}|invalid_field",
                "{\"temperature\":\"1\"}|invalid_field",
                "{\"temperature\":1e999}|invalid_field",
                "{\"temperature\":{}}|invalid_field",
                "{\"include_prompt\":\"true\"}|invalid_field",
                "{\"include_prompt\":1}|invalid_field",
                "{\"model\":7}|invalid_field",
                "{\"prompt\":7}|invalid_field",
                "{\"prompt\":{}}|invalid_field",
                "{\"prompt\":\"\"}|invalid_prompt",
                "{\"prompt\":\"AAAA\"}|invalid_prompt",
                "{\"prompt\":[7]}|invalid_field",
                "{\"prompt\":[{}]}|invalid_field",
                "{\"prompt\":[{\"pitch\":60,\"velocity\":0,\"onset_ms\":0,\"duration_ms\":1}]}|invalid_field",
                "{\"prompt\":[{\"pitch\":128,\"velocity\":1,\"onset_ms\":0,\"duration_ms\":1}]}|invalid_field",
                "{\"prompt\":[{\"pitch\":60,\"velocity\":1,\"onset_ms\":-1,\"duration_ms\":1}]}|invalid_field",
                "{\"prompt\":[{\"pitch\":60,\"velocity\":1,\"onset_ms\":1e300,\"duration_ms\":1}]}|invalid_field",
                "{\"prompt\":[{\"pitch\":60,\"velocity\":1,\"onset_ms\":0,\"duration_ms\":1,\"x\":1}]}|unknown_field",
            })
    void refusesBodiesThatAreNotWhatTheyShouldBe(String body, String code) throws Exception {
        assertProblem(server.postJson(body), 400, code);
    }

    @Test
    void refusesDeepNesting() throws Exception {
        String deep = "{\"prompt\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertProblem(server.postJson(deep), 400, "invalid_json");
    }

    @Test
    void refusesNumbersOfAMillionDigits() throws Exception {
        assertProblem(server.postJson("{\"seed\":" + "9".repeat(900_000) + "}"), 400, "invalid_json");
        assertProblem(server.postJson("{\"temperature\":1e" + "9".repeat(50) + "}"), 400, "invalid_field");
    }

    @Test
    void optionsComeFromOnePlaceOnly() throws Exception {
        HttpResponse<byte[]> both =
                server.post("/v1/generate?seed=1", "application/json", BodyPublishers.ofString("{\"notes\":5}"), "*/*");
        assertProblem(both, 400, "invalid_query");
        HttpResponse<byte[]> twoPrompts = server.post("/v1/generate?prompt=AAAA", "audio/midi", new byte[10], "*/*");
        assertProblem(twoPrompts, 400, "conflicting_fields");
        HttpResponse<byte[]> getWithBody =
                server.send(server.request("/v1/generate").method("GET", BodyPublishers.ofString("{\"seed\":1}")));
        assertProblem(getWithBody, 400, "bad_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json; charset=utf-16",
                "audio/wav",
                "application/problem+json"
            })
    void refusesOtherMediaTypes(String contentType) throws Exception {
        HttpResponse<byte[]> response =
                server.post("/v1/generate", contentType, BodyPublishers.ofString("{\"seed\":1}"), "*/*");
        assertProblem(response, 415, "unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json;charset=UTF-8", "Application/JSON; charset=\"utf-8\""})
    void takesJsonInUtf8HoweverItIsSpelled(String contentType) throws Exception {
        HttpResponse<byte[]> response =
                server.post("/v1/generate", contentType, BodyPublishers.ofString("{\"notes\":5}"), "*/*");
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void refusesEncodedBodies() throws Exception {
        HttpResponse<byte[]> response = server.send(server.request("/v1/generate")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString("{}")));
        assertProblem(response, 415, "unsupported_media_type");
    }

    @Test
    void refusesBodiesThatAreTooLargeAnnouncedOrNot() throws Exception {
        byte[] large = new byte[(1 << 20) + 1];
        Arrays.fill(large, (byte) ' ');
        assertProblem(server.post("/v1/generate", "application/json", large, "*/*"), 413, "body_too_large");
        HttpResponse<byte[]> chunked = server.post(
                "/v1/generate",
                "application/json",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)),
                "*/*");
        assertProblem(chunked, 413, "body_too_large");
        assertProblem(server.post("/v1/generate", "audio/midi", large, "*/*"), 413, "body_too_large");
        // The answer must reach a client that is still sending: it would be lost by chance alone.
        byte[] larger = Arrays.copyOf(large, 4 << 20);
        for (int i = 0; i < 20; i++) {
            assertProblem(server.post("/v1/generate", "application/json", larger, "*/*"), 413, "body_too_large");
        }

        byte[] justFits = Arrays.copyOf(large, 1 << 20);
        justFits[0] = '{';
        justFits[1] = '}';
        HttpResponse<byte[]> fits = server.post(
                "/v1/generate",
                "application/json",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(justFits)),
                "*/*");
        assertThat(fits.statusCode()).isEqualTo(200);
    }

    @Test
    void refusesPromptsWithoutNotesAndPromptsThatAreTooLong() throws Exception {
        byte[] silent = MidiFiles.write(Score.of(TempoMap.constant(480, 500_000), List.of()));
        byte[] drums = MidiFiles.write(Score.of(TempoMap.constant(480, 500_000), List.of(new Note(9, 40, 100, 0, 10))));
        List<Note> many = new ArrayList<>();
        for (int i = 0; i < 10_001; i++) {
            many.add(new Note(0, 40 + i % 40, 64, 20L * i, 15));
        }
        byte[] tooMany = MidiFiles.write(Score.of(TempoMap.constant(480, 500_000), many));
        byte[] tooSlow =
                MidiFiles.write(Score.of(TempoMap.constant(1, 16_000_000), List.of(new Note(0, 60, 64, 0, 100_000))));
        assertProblem(server.postJson("{\"prompt\":[]}"), 422, "prompt_out_of_bounds");
        for (byte[] midi : List.of(drums, tooMany)) {
            assertProblem(server.post("/v1/generate", "audio/midi", midi, "*/*"), 422, "prompt_out_of_bounds");
        }
        for (byte[] midi : List.of(silent, tooSlow)) {
            assertThat(server.post("/v1/generate", "audio/midi", midi, "*/*").statusCode())
                    .isBetween(400, 422);
        }
    }

    @Test
    void refusesPromptsWhoseClockLeavesNoRoomForMoreNotes() throws Exception {
        List<Note> notes = List.of(new Note(0, 60, 64, 0, 100));
        List<Score> hostile = List.of(
                Score.of(TempoMap.constant(32_767, 1), notes),
                Score.of(TempoMap.of(32_767, List.of(new TempoChange(TempoMap.LAST_TICK - 1000, 500_000))), notes),
                Score.of(
                        TempoMap.of(32_767, List.of(new TempoChange(0, 1), new TempoChange(1L << 36, 500_000))),
                        List.of(new Note(0, 60, 64, 1L << 36, 100))),
                new Score(
                        TempoMap.constant(1, 500_000),
                        List.of(new TimeSignature(TempoMap.LAST_TICK - 1000, 3, 4)),
                        List.of(),
                        List.of(),
                        notes));
        for (Score score : hostile) {
            byte[] midi = MidiFiles.write(score);
            for (String query : List.of("notes=2000", "notes=2000&tempo=10", "notes=5&include_prompt=false")) {
                assertProblem(
                        server.post("/v1/generate?" + query, "audio/midi", midi, "*/*"), 422, "prompt_out_of_bounds");
            }
        }
    }

    @Test
    void continuesPromptsWithTheOddestClocksThatAreTaken() throws Exception {
        List<Score> odd = List.of(
                Score.of(TempoMap.constant(32_767, 6_000), List.of(new Note(0, 60, 64, 0, 100))),
                Score.of(TempoMap.constant(1, 6_000), List.of(new Note(0, 60, 64, 599_990, 1))),
                Score.of(TempoMap.constant(1, 16_777_215), List.of(new Note(0, 60, 64, 200, 1))),
                Score.of(TempoMap.constant(32_767, 16_777_215), List.of(new Note(0, 60, 64, 0, 100))));
        for (Score score : odd) {
            byte[] midi = MidiFiles.write(score);
            for (String query : List.of("", "&tempo=10", "&tempo=1000", "&include_prompt=false")) {
                for (String accept : List.of("audio/midi", "application/json")) {
                    HttpResponse<byte[]> response =
                            server.post("/v1/generate?notes=10000&seed=1" + query, "audio/midi", midi, accept);
                    assertThat(response.statusCode())
                            .as(new String(response.body(), StandardCharsets.UTF_8))
                            .isEqualTo(200);
                }
            }
        }
    }

    @Test
    void quotesStrangersSafely() throws Exception {
        String name = "x".repeat(5000) + "\\u0000\\n<script>";
        JsonNode problem = assertProblem(server.postJson("{\"" + name + "\":1}"), 400, "unknown_field");
        assertThat(problem.path("detail").textValue()).hasSizeLessThan(400).doesNotContain("\n", "\0");
        HttpResponse<byte[]> response = server.get("/v1/generate?%00%0d%0aX-Evil:1=1");
        JsonNode second = assertProblem(response, 400, "unknown_field");
        assertThat(second.path("detail").textValue()).doesNotContain("\r", "\n", "\0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"seed=%", "seed=%4", "seed=%zz", "%ff=1", "seed=%c3%28", "seed=%ed%a0%80"})
    void refusesQueriesThatCannotBeDecoded(String query) throws Exception {
        String raw = RawHttp.exchange(
                server.server.port(),
                "GET /v1/generate?" + query + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(raw).startsWith("HTTP/1.1 400").contains("application/problem+json");
    }

    @Test
    void echoesAHarmlessRequestIdAndReplacesOthers() throws Exception {
        HttpResponse<byte[]> named = server.get("/v1/generate?sead=1", "X-Request-Id", "my-id_1.2");
        assertThat(RunningServer.header(named, "x-request-id")).isEqualTo("my-id_1.2");
        HttpResponse<byte[]> odd = server.get("/v1/generate?seed=1&notes=1", "X-Request-Id", "a b\"<>");
        assertThat(RunningServer.header(odd, "x-request-id")).matches("[0-9a-f-]{36}");
        assertThat(new String(odd.body(), StandardCharsets.ISO_8859_1)).startsWith("MThd");
    }
}
