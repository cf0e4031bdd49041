package dev.cadenza.server.serving;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.cadenza.generation.GeneratedNote;
import dev.cadenza.generation.NotePlacement;
import dev.cadenza.generation.Variation;
import dev.cadenza.music.Note;
import dev.cadenza.music.TempoMap;
import dev.cadenza.server.request.GenerateRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A piece on its way, as JSON event by event: {@code start {model, sha256, seed, tempo, variations, warnings}}, a {@code note
 * {variation, index, note: {pitch, velocity, onset_ms, duration_ms}}} for each new note, {@code done {notes, variations:
 * [{seed, notes, logp, shortened}]}}; {@code warnings} and {@code shortened} where there is something to say. A note is what {@link GenerationResult#json} says of it in the end, to the millisecond; the prompt
 * is not repeated. One thread at a time.
 */
public final class NoteEvents {
    private final GenerateRequest request;
    private final ModelLease lease;
    private final @Nullable NotePlacement[] placements;
    private final @Nullable TempoMap asked;

    public NoteEvents(GenerateRequest request, ModelLease lease) {
        this.request = request;
        this.lease = lease;
        placements = new NotePlacement[request.options().variations()];
        asked = request.tempo() == null ? null : Retempo.map(GenerationResult.microsPerQuarter(request.tempo()));
    }

    /** Before the first note. */
    public byte[] start() {
        return JsonText.write(json -> {
            json.writeStringField("model", lease.id().toString());
            json.writeStringField("sha256", lease.sha256());
            json.writeNumberField("seed", request.options().seed());
            TempoMap own = placement(0).tempoMap();
            JsonText.number(json, "tempo", request.tempo() == null ? GenerationResult.lastTempo(own) : request.tempo());
            json.writeNumberField("variations", request.options().variations());
            JsonText.warnings(json, request.warnings(lease.model().description()));
        });
    }

    /** A new note. */
    public byte[] note(GeneratedNote note) {
        return JsonText.write(json -> {
            json.writeNumberField("variation", note.variation());
            json.writeNumberField("index", note.index());
            json.writeFieldName("note");
            write(json, note);
        });
    }

    /** After the last. */
    public byte[] done(GenerationResult performance) {
        return JsonText.write(json -> {
            json.writeNumberField(
                    "notes",
                    performance.variations().stream()
                            .mapToInt(variation -> variation.notes().size())
                            .sum());
            json.writeArrayFieldStart("variations");
            for (Variation variation : performance.variations()) {
                json.writeStartObject();
                json.writeNumberField("seed", variation.seed());
                json.writeNumberField("notes", variation.notes().size());
                JsonText.number(json, "logp", variation.logp());
                JsonText.shortened(json, variation);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private void write(JsonGenerator json, GeneratedNote note) throws IOException {
        NotePlacement placement = placements[note.variation()];
        if (placement == null) {
            placement = placement(note.onsetTick());
            placements[note.variation()] = placement;
        }
        Note placed = placement.place(note.onsetTick(), note.pitch(), note.velocity(), note.durationTicks());
        if (asked == null) {
            JsonText.note(json, placed, placement.tempoMap());
        } else {
            JsonText.note(json, Retempo.note(placed, placement.tempoMap(), asked), asked);
        }
    }

    /** @param firstOnset of the variation, in the model's ticks */
    private NotePlacement placement(long firstOnset) {
        int ticksPerSecond = lease.model().description().ticksPerSecond();
        return request.includePrompt()
                ? NotePlacement.complete(request.heard(), ticksPerSecond)
                : NotePlacement.alone(request.heard(), ticksPerSecond, firstOnset);
    }
}
