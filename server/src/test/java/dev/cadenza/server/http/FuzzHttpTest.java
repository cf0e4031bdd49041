package dev.cadenza.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoChange;
import dev.cadenza.music.TempoMap;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Thousands of valid requests, damaged at random: each is answered, none breaks anything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuzzHttpTest {
    private static final int REQUESTS = Integer.getInteger("cadenza.fuzz.requests", 1500);
    private static final long SEED = Long.getLong("cadenza.fuzz.seed", 20_260_101);

    private static final List<String> BODIES = List.of(
            "{\"seed\":7,\"notes\":20,\"temperature\":0.9,\"top_p\":1,\"min_p\":0,\"n\":2,\"include_prompt\":false,"
                    + "\"tempo\":96.5,\"timeout_ms\":30000,\"model\":\"fake@2\"}",
            "{\"seconds\":3.5,\"seed\":\"-9223372036854775808\",\"key\":null,\"density\":null}",
            "{\"notes\":3,\"prompt\":[{\"pitch\":60,\"velocity\":64,\"onset_ms\":0,\"duration_ms\":250.5},"
                    + "{\"pitch\":64,\"velocity\":70,\"onset_ms\":250,\"duration_ms\":1e3}]}",
            "{\"notes\":3,\"prompt\":\"TVRoZAAAAAYAAAABAGBNVHJrAAAADACQPEBggDwAAP8vAA==\"}",
            "{\"key\":\"C major\",\"density\":4}",
            "{\"lowest_pitch\":21,\"highest_velocity\":127,\"key_strict\":false,\"guards\":true,\"notes\":2}");
    private static final List<String> TOKENS = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1e999",
            "-0.0",
            "NaN",
            "Infinity",
            "\"\"",
            "[]",
            "{}",
            "9223372036854775808",
            "1e-400",
            "\"\\ud800\"",
            "\\u0000",
            "\"seed\":1,",
            "{\"a\":",
            "[[[[",
            "}}",
            "\u00e9",
            "10000",
            "3600",
            "0.0001");

    private RunningServer server;

    @BeforeAll
    void start() throws Exception {
        server = new RunningServer();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void damagedJson() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < REQUESTS; i++) {
            byte[] body = BODIES.get(random.nextInt(BODIES.size())).getBytes(StandardCharsets.UTF_8);
            int damages = random.nextInt(4);
            for (int k = 0; k < damages; k++) {
                body = random.nextBoolean()
                        ? damage(body, random)
                        : splice(body, TOKENS.get(random.nextInt(TOKENS.size())), random);
            }
            String accept = random.nextInt(8) == 0 ? "audio/midi" : "application/json";
            check(i, body, server.post("/v1/generate", "application/json", body, accept));
        }
    }

    @Test
    void damagedMidiPrompts() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED + 1);
        byte[] prompt = prompt();
        for (int i = 0; i < REQUESTS; i++) {
            byte[] body = prompt;
            int damages = 1 + random.nextInt(6);
            for (int k = 0; k < damages; k++) {
                body = damage(body, random);
            }
            String query = "/v1/generate?seed=" + i + "&notes=3" + (random.nextInt(4) == 0 ? "&tempo=77" : "");
            String accept = random.nextInt(4) == 0 ? "application/json" : "audio/midi";
            check(i, body, server.post(query, "audio/midi", body, accept));
        }
    }

    @Test
    void damagedQueriesAndHeaders() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED + 2);
        String request = String.join(
                "\r\n",
                "GET /v1/generate?seed=7&notes=20&temperature=0.9&tempo=96.5&n=1&model=fake%402 HTTP/1.1",
                "Host: localhost",
                "Accept: application/json;q=0.5, audio/midi",
                "If-None-Match: \"x\"",
                "Connection: close",
                "",
                "");
        for (int i = 0; i < REQUESTS / 3; i++) {
            byte[] bytes = request.getBytes(StandardCharsets.ISO_8859_1);
            int end = request.indexOf("Connection");
            int damages = 1 + random.nextInt(3);
            for (int k = 0; k < damages; k++) {
                bytes[random.nextInt(end)] = (byte) random.nextInt(256);
            }
            String answer = RawHttp.exchange(server.server.port(), bytes);
            String context = "query " + i + " of seed " + SEED;
            assertThat(answer).as(context).startsWith("HTTP/1.1 ");
            assertThat(answer.substring(9)).as(context).matches("(?s)([234]\\d\\d|505) .*");
            assertHarmless(context, answer);
        }
    }

    private static void check(int i, byte[] sent, HttpResponse<byte[]> response) {
        String text = new String(response.body(), StandardCharsets.ISO_8859_1);
        String context = "request " + i + " of seed " + SEED + ": " + new String(sent, StandardCharsets.ISO_8859_1)
                + " -> " + (text.startsWith("MThd") ? "MIDI" : text);
        int status = response.statusCode();
        // A damaged timeout_ms is an honest 504.
        assertThat(status < 500 || status == 504).as(context).isTrue();
        String type = RunningServer.header(response, "content-type");
        assertThat(type)
                .as(context)
                .isIn(status == 200 ? List.of("audio/midi", "application/json") : List.of("application/problem+json"));
        if (!type.equals("audio/midi")) {
            assertHarmless(context, text);
        }
    }

    private static void assertHarmless(String context, String text) {
        assertThat(text)
                .as(context)
                .doesNotContain("\tat ", "Exception", "java.", "dev.cadenza", "jetty", "<html")
                .doesNotContain(Path.of("").toAbsolutePath().toString(), System.getProperty("java.io.tmpdir"));
    }

    private static byte[] damage(byte[] bytes, SplittableRandom random) {
        byte[] copy = bytes.clone();
        if (copy.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int at = random.nextInt(copy.length);
        switch (random.nextInt(5)) {
            case 0 -> copy[at] = (byte) random.nextInt(256);
            case 1 -> copy[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> copy = Arrays.copyOf(copy, at);
            case 3 -> Arrays.fill(copy, at, Math.min(copy.length, at + 1 + random.nextInt(4)), (byte) 0xff);
            default -> {
                int length = Math.min(copy.length - at, 1 + random.nextInt(16));
                int to = random.nextInt(copy.length - length + 1);
                System.arraycopy(bytes, at, copy, to, length);
            }
        }
        return copy;
    }

    private static byte[] splice(byte[] bytes, String token, SplittableRandom random) {
        int at = random.nextInt(bytes.length + 1);
        int skip = random.nextInt(Math.min(4, bytes.length - at + 1));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.writeBytes(token.getBytes(StandardCharsets.UTF_8));
        out.write(bytes, at + skip, bytes.length - at - skip);
        return out.toByteArray();
    }

    private static byte[] prompt() {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            notes.add(new Note(i % 3, 40 + i, 30 + i, 60L * i, 50 + 5L * (i % 7)));
        }
        TempoMap tempoMap = TempoMap.of(96, List.of(new TempoChange(0, 500_000), new TempoChange(480, 400_000)));
        return MidiFiles.write(Score.of(tempoMap, notes));
    }
}
