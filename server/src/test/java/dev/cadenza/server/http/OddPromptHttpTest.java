package dev.cadenza.server.http;

import static dev.cadenza.server.http.RunningServer.assertProblem;
import static dev.cadenza.server.http.RunningServer.header;
import static dev.cadenza.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.MidiLimits;
import dev.cadenza.music.MidiReadOptions;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prompts that are against the standard and read all the same, and notes that no model's piano has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OddPromptHttpTest {
    private static final String MIDI = "audio/midi";
    private static final String JSON = "application/json";
    private static final String HEADER = "4D546864 00000006 0000 0001 01E0 ";
    /** Two notes a quarter long. */
    private static final String NOTES = "00903C5A 83603C00 003E5A 83603E00 ";

    private static final String END = "00FF2F00";

    private RunningServer server;

    @BeforeAll
    void start() throws Exception {
        server = RunningServer.ofPerformer();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static byte[] file(String header, String track) {
        byte[] body = HexFormat.of().parseHex(track.replace(" ", ""));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex(header.replace(" ", "")));
        out.writeBytes("MTrk".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {0, 0, 0, (byte) body.length});
        out.writeBytes(body);
        return out.toByteArray();
    }

    private static byte[] runningStatusOverMeta() {
        return file(HEADER, "00903C5A 00FF01022B25 83603C00 003E5A 83603E00" + END);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/generate?seed=1&notes=3, 5",
        "/v1/humanize?seed=1, 2",
        "/v1/score, 2",
    })
    void saysWhatIsOddOfAFileThatOthersRead(String path, int notes) throws Exception {
        byte[] longer = file(HEADER, NOTES + END + "0090404060804040");
        byte[] fewer = file(HEADER.replace("0000 0001 01E0", "0001 0005 01E0"), NOTES + END);
        byte[][] files = {runningStatusOverMeta(), longer, fewer};
        String[] warnings = {
            "running status goes on after a meta or system exclusive event: read as the channel event before it"
                    + " (at byte 34, track 0)",
            "8 bytes follow the end of a track: left out (at byte 41, track 0)",
            "4 of the 5 tracks that the header declares are missing (at byte 41)"
        };
        for (int i = 0; i < files.length; i++) {
            HttpResponse<byte[]> answer = server.post(path, MIDI, files[i], JSON);
            assertThat(answer.statusCode())
                    .as(new String(answer.body(), StandardCharsets.UTF_8))
                    .isEqualTo(200);
            assertThat(header(answer, "x-warnings")).isEqualTo(warnings[i]);
            JsonNode body = json(answer);
            assertThat(body.path("warnings")).hasSize(1);
            assertThat(body.path("warnings").path(0).textValue()).isEqualTo(warnings[i]);
            JsonNode played = body.has("variations") ? body.at("/variations/0/notes") : body.path("notes");
            assertThat(played.isArray() ? played.size() : played.intValue()).isEqualTo(notes);
        }
        HttpResponse<byte[]> plain = server.post(path, MIDI, file(HEADER, NOTES + END), JSON);
        assertThat(header(plain, "x-warnings")).isEmpty();
        assertThat(json(plain).has("warnings")).isFalse();
    }

    @Test
    void theEventStreamSaysSoAtItsStart() throws Exception {
        HttpResponse<byte[]> answer =
                server.post("/v1/generate?seed=1&notes=3", MIDI, runningStatusOverMeta(), "text/event-stream");
        JsonNode start = EventStreamHttpTest.events(answer.body()).get(0).data();
        assertThat(start.path("warnings").path(0).textValue()).startsWith("running status goes on");
        assertThat(header(answer, "x-warnings")).startsWith("running status goes on");
        Contract.checkBody(
                "#/components/schemas/StreamStart", start.toString().getBytes(StandardCharsets.UTF_8), "start");
    }

    @Test
    void whatIsCutStaysRefusedAndOtherFormatsAreNamed() throws Exception {
        byte[] whole = file(HEADER, NOTES + END);
        HttpResponse<byte[]> cut = server.post("/v1/humanize", MIDI, Arrays.copyOf(whole, whole.length - 4), JSON);
        assertThat(assertProblem(cut, 400, "invalid_prompt").path("detail").textValue())
                .contains("the track declares 19 bytes but the file ends after 15", "(at byte 37)");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(whole);
        }
        byte[][] others = {
            packed.toByteArray(),
            "SMF2CLIP".getBytes(StandardCharsets.US_ASCII),
            "<?xml version=\"1.0\"?><score-partwise>".getBytes(StandardCharsets.US_ASCII),
            "<!DOCTYPE html>".getBytes(StandardCharsets.US_ASCII)
        };
        String[] names = {"gzip", "MIDI 2.0 clip", "MusicXML", "HTML"};
        for (int i = 0; i < others.length; i++) {
            assertThat(assertProblem(server.post("/v1/score", MIDI, others[i], JSON), 400, "invalid_prompt")
                            .path("detail")
                            .textValue())
                    .contains("not a MIDI file: ", names[i], "(at byte 0)");
        }
    }

    /** 40 notes on the piano, one of them twice, and below and above it three, the last of all among them. */
    private static Score partlyOffThePiano() {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            notes.add(new Note(0, 60 + i % 12, 70, 250L * i, 200));
        }
        notes.add(new Note(1, 60, 50, 0, 100));
        notes.add(new Note(0, 12, 51, 500, 100));
        notes.add(new Note(0, 109, 52, 750, 100));
        notes.add(new Note(0, 127, 53, 20_000, 100));
        return Score.of(TempoMap.constant(500, 500_000), notes);
    }

    @Test
    void everyNoteIsAccountedFor() throws Exception {
        byte[] midi = MidiFiles.write(partlyOffThePiano());
        JsonNode scored = json(server.post("/v1/score", MIDI, midi, JSON));
        assertThat(scored.path("notes").intValue()).isEqualTo(40);
        assertThat(scored.path("merged_notes").intValue()).isEqualTo(1);
        assertThat(scored.path("unplayable_notes").intValue()).isEqualTo(3);

        JsonNode played = json(server.post("/v1/humanize?seed=3", MIDI, midi, JSON));
        assertThat(played.path("notes")).hasSize(44);
        assertThat(played.path("merged_notes").intValue()).isZero();
        assertThat(played.path("unplayable_notes").intValue()).isEqualTo(3);
        Score answer = MidiFiles.read(
                server.post("/v1/humanize?seed=3", MIDI, midi, MIDI).body(),
                "answer",
                new MidiReadOptions(false, MidiLimits.PROMPT));
        assertThat(answer.notes())
                .hasSize(44)
                .contains(new Note(0, 12, 51, 500, 100), new Note(0, 109, 52, 750, 100))
                .endsWith(new Note(0, 127, 53, 20_000, 100));
    }

    @Test
    void aContinuationStartsAfterThePrompt() throws Exception {
        byte[] midi = MidiFiles.write(partlyOffThePiano());
        HttpResponse<byte[]> answer = server.post("/v1/generate?seed=3&notes=10", MIDI, midi, JSON);
        assertThat(header(answer, "x-warnings"))
                .isEqualTo(
                        "3 of the prompt's 44 notes are off the piano's keys, 21..108: they are kept, the music starts"
                                + " after them, and the model does not hear them");
        JsonNode notes = json(answer).at("/variations/0/notes");
        assertThat(notes).hasSize(54);
        assertThat(notes.get(43).path("pitch").intValue()).isEqualTo(127);
        for (int i = 44; i < 54; i++) {
            assertThat(notes.get(i).path("onset_ms").intValue()).isGreaterThan(20_000);
        }
    }
}
