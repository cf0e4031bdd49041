package dev.cadenza.server.serving;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.cadenza.generation.Variation;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A performance as JSON: {@code {model, sha256, seed, tempo, variations: [{seed, notes: [{pitch, velocity, onset_ms,
 * duration_ms}], logp}]}}. The notes are those of the MIDI file, its percussion left out; {@code logp} is the new
 * notes' alone, in nats.
 */
public final class PerformanceJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MILLIS = 1000;

    private PerformanceJson() {}

    /** UTF-8. */
    public static byte[] write(Performance performance) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("model", performance.model().toString());
            json.writeStringField("sha256", performance.sha256());
            json.writeNumberField("seed", performance.seed());
            json.writeFieldName("tempo");
            writeNumber(json, performance.tempo());
            json.writeArrayFieldStart("variations");
            List<Variation> variations = performance.variations();
            for (int i = 0; i < variations.size(); i++) {
                json.writeStartObject();
                json.writeNumberField("seed", variations.get(i).seed());
                json.writeArrayFieldStart("notes");
                writeNotes(json, performance.score(i));
                json.writeEndArray();
                json.writeFieldName("logp");
                writeNumber(json, variations.get(i).logp());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory takes everything", e);
        }
        return bytes.toByteArray();
    }

    private static void writeNotes(JsonGenerator json, Score score) throws IOException {
        TempoMap tempoMap = score.tempoMap();
        for (Note note : score.notes()) {
            if (note.isPercussion()) {
                continue;
            }
            long onset = tempoMap.gridStepAt(note.startTick(), MILLIS);
            long end = tempoMap.gridStepAt(note.endTick(), MILLIS);
            json.writeStartObject();
            json.writeNumberField("pitch", note.pitch());
            json.writeNumberField("velocity", note.velocity());
            json.writeNumberField("onset_ms", onset);
            json.writeNumberField("duration_ms", Math.max(1, end - onset));
            json.writeEndObject();
        }
    }

    /** JSON knows neither infinities nor NaN, and a whole number needs no {@code .0}. */
    private static void writeNumber(JsonGenerator json, double value) throws IOException {
        if (!Double.isFinite(value)) {
            throw new IllegalStateException("a model gave " + value + " where a number must be");
        }
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber(value);
        }
    }
}
