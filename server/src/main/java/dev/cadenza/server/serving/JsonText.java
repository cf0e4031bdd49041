package dev.cadenza.server.serving;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.cadenza.generation.Shortened;
import dev.cadenza.generation.Variation;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The JSON of answers: one object, in UTF-8, without a number that JSON does not know. */
public final class JsonText {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MILLIS = 1000;

    private JsonText() {}

    /** Writes the fields of one object. */
    public interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /** One object as UTF-8. */
    public static byte[] write(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory takes everything", e);
        }
        return bytes.toByteArray();
    }

    /** The field {@code notes}: every note without percussion as {@code {pitch, velocity, onset_ms, duration_ms}}. */
    public static void notes(JsonGenerator json, Score score) throws IOException {
        json.writeArrayFieldStart("notes");
        TempoMap tempoMap = score.tempoMap();
        for (Note note : score.notes()) {
            if (note.isPercussion()) {
                continue;
            }
            note(json, note, tempoMap);
        }
        json.writeEndArray();
    }

    /** One note as {@code {pitch, velocity, onset_ms, duration_ms}}. */
    public static void note(JsonGenerator json, Note note, TempoMap tempoMap) throws IOException {
        long onset = tempoMap.gridStepAt(note.startTick(), MILLIS);
        long end = tempoMap.gridStepAt(note.endTick(), MILLIS);
        json.writeStartObject();
        json.writeNumberField("pitch", note.pitch());
        json.writeNumberField("velocity", note.velocity());
        json.writeNumberField("onset_ms", onset);
        json.writeNumberField("duration_ms", Math.max(1, end - onset));
        json.writeEndObject();
    }

    /** The field {@code warnings}, a list of lines; left out when there are none. */
    public static void warnings(JsonGenerator json, List<String> warnings) throws IOException {
        if (warnings.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("warnings");
        for (String warning : warnings) {
            json.writeString(warning);
        }
        json.writeEndArray();
    }

    /** The field {@code shortened: {reason, asked_seconds, seconds}}; left out of what is as long as was asked. */
    static void shortened(JsonGenerator json, Variation variation) throws IOException {
        Shortened shortened = variation.shortened();
        if (shortened == null) {
            return;
        }
        json.writeObjectFieldStart("shortened");
        json.writeStringField("reason", shortened.reason().code());
        number(json, "asked_seconds", shortened.askedSeconds());
        number(json, "seconds", shortened.seconds());
        json.writeEndObject();
    }

    /** A field with a number: JSON knows neither infinities nor NaN, and a whole number needs no {@code .0}. */
    public static void number(JsonGenerator json, String name, double value) throws IOException {
        if (!Double.isFinite(value)) {
            throw new IllegalStateException("a model gave " + value + " where " + name + " must be a number");
        }
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            json.writeNumberField(name, (long) value);
        } else {
            json.writeNumberField(name, value);
        }
    }

    /** A field with a number of single precision, in no more digits than it has. */
    public static void number(JsonGenerator json, String name, float value) throws IOException {
        if (!Float.isFinite(value)) {
            throw new IllegalStateException("a model gave " + value + " where " + name + " must be a number");
        }
        json.writeNumberField(name, value);
    }
}
