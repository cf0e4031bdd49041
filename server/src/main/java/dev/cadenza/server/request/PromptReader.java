package dev.cadenza.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.files.Sha256;
import dev.cadenza.generation.Prompt;
import dev.cadenza.music.KeySignature;
import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.MidiFormatException;
import dev.cadenza.music.MidiLimits;
import dev.cadenza.music.MidiReadOptions;
import dev.cadenza.music.MidiReading;
import dev.cadenza.music.MidiWarning;
import dev.cadenza.music.Note;
import dev.cadenza.music.ProgramChange;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoChange;
import dev.cadenza.music.TempoMap;
import dev.cadenza.music.TimeSignature;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

/** Reads a prompt in each of its forms: the bytes of a MIDI file, the same in base64, or note objects. */
final class PromptReader {
    /** One tick is one millisecond at 120 quarters a minute. */
    private static final TempoMap MILLISECONDS = TempoMap.constant(500, TempoMap.DEFAULT_MICROS_PER_QUARTER);

    private static final int FASTEST_MICROS_PER_QUARTER = 6_000;
    private static final long MOST_QUARTERS = 600_000;
    private static final MidiReadOptions READ = new MidiReadOptions(true, MidiLimits.PROMPT);
    private static final Set<String> NOTE_FIELDS = Set.of("pitch", "velocity", "onset_ms", "duration_ms");

    private PromptReader() {}

    static PromptInput ofMidi(byte[] midi) throws ProblemException {
        try {
            MidiReading reading = MidiFiles.readWithWarnings(midi, "prompt", READ);
            return new PromptInput(
                    prompt(reading.score()),
                    Sha256.hex(midi),
                    reading.warnings().stream().map(MidiWarning::message).toList());
        } catch (MidiFormatException e) {
            throw ProblemException.ofField(
                    ProblemType.INVALID_PROMPT,
                    "prompt",
                    "the prompt is not a MIDI file that can be read: " + ProblemException.line(e.problem())
                            + " (at byte " + e.offset() + ")");
        }
    }

    static PromptInput ofBase64(String text) throws ProblemException {
        byte[] midi;
        try {
            boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
            midi = (urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.ofField(
                    ProblemType.INVALID_PROMPT,
                    "prompt",
                    "prompt must be a MIDI file in base64"
                            + (text.indexOf(' ') >= 0 ? "; in a query its + is written %2B" : ""));
        }
        return ofMidi(midi);
    }

    /** @param value the field {@code prompt} of a JSON body: base64, or a list of note objects */
    static PromptInput ofJson(JsonNode value) throws ProblemException {
        if (value.isTextual()) {
            return ofBase64(value.textValue());
        }
        if (!value.isArray()) {
            throw QueryFields.invalid("prompt", "must be a MIDI file in base64, or a list of notes");
        }
        if (value.size() > Prompt.MAX_NOTES) {
            throw tooLong(value.size());
        }
        List<Note> notes = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            notes.add(note(value.get(i), "prompt[" + i + "]"));
        }
        return new PromptInput(prompt(Score.of(MILLISECONDS, notes)), Sha256.hex(value.toString()), List.of());
    }

    private static Note note(JsonNode value, String name) throws ProblemException {
        if (!(value instanceof ObjectNode object)) {
            throw QueryFields.invalid(name, "must be an object of pitch, velocity, onset_ms and duration_ms");
        }
        JsonFields fields = new JsonFields(object, name + ".");
        for (String field : fields.names()) {
            if (!NOTE_FIELDS.contains(field)) {
                throw ProblemException.ofField(
                        ProblemType.UNKNOWN_FIELD,
                        name + "." + field,
                        name + " has a field '" + ProblemException.quotable(field)
                                + "'; a note is pitch, velocity, onset_ms and duration_ms");
            }
        }
        long start = millis(fields, name, "onset_ms");
        long end = start + Math.max(1, millis(fields, name, "duration_ms"));
        return new Note(
                0, whole(fields, name, "pitch", 0, 127), whole(fields, name, "velocity", 1, 127), start, end - start);
    }

    private static int whole(JsonFields fields, String name, String field, int min, int max) throws ProblemException {
        OptionalLong value = fields.integer(field);
        if (value.isEmpty() || value.getAsLong() < min || value.getAsLong() > max) {
            throw QueryFields.invalid(name + "." + field, "must be " + min + ".." + max);
        }
        return (int) value.getAsLong();
    }

    private static long millis(JsonFields fields, String name, String field) throws ProblemException {
        double max = MidiLimits.PROMPT.maxSeconds() * 1000;
        OptionalDouble value = fields.number(field);
        if (value.isEmpty() || !(value.getAsDouble() >= 0 && value.getAsDouble() <= max)) {
            throw QueryFields.invalid(name + "." + field, "must be 0.." + (long) max);
        }
        return Math.round(value.getAsDouble());
    }

    private static Prompt prompt(Score score) throws ProblemException {
        long heard = score.notes().stream().filter(note -> !note.isPercussion()).count();
        if (heard == 0) {
            throw ProblemException.ofField(
                    ProblemType.PROMPT_OUT_OF_BOUNDS, "prompt", "prompt holds no note (percussion does not count)");
        }
        if (heard > Prompt.MAX_NOTES) {
            throw tooLong(heard);
        }
        requireRoomBehind(score);
        return new Prompt(score);
    }

    /**
     * A clock that runs absurdly fast, or an event far behind the last note, would leave no ticks for the new notes: a
     * file has at most 2^38.
     */
    private static void requireRoomBehind(Score score) throws ProblemException {
        List<TempoChange> tempi = score.tempoMap().changes();
        int microsPerQuarter = tempi.get(tempi.size() - 1).microsPerQuarter();
        long last = LongStream.of(
                        score.endTick(),
                        tempi.get(tempi.size() - 1).tick(),
                        score.timeSignatures().stream()
                                .mapToLong(TimeSignature::tick)
                                .max()
                                .orElse(0),
                        score.keySignatures().stream()
                                .mapToLong(KeySignature::tick)
                                .max()
                                .orElse(0),
                        score.programChanges().stream()
                                .mapToLong(ProgramChange::tick)
                                .max()
                                .orElse(0))
                .max()
                .orElse(0);
        if (microsPerQuarter < FASTEST_MICROS_PER_QUARTER || last / score.ticksPerQuarter() > MOST_QUARTERS) {
            throw ProblemException.ofField(
                    ProblemType.PROMPT_OUT_OF_BOUNDS,
                    "prompt",
                    "prompt has more than " + MOST_QUARTERS + " quarters, or a tempo of more than "
                            + 60_000_000 / FASTEST_MICROS_PER_QUARTER + " quarters a minute at its end");
        }
    }

    private static ProblemException tooLong(long notes) {
        return ProblemException.ofField(
                ProblemType.PROMPT_OUT_OF_BOUNDS,
                "prompt",
                "prompt holds " + notes + " notes; at most " + Prompt.MAX_NOTES + " are taken");
    }
}
