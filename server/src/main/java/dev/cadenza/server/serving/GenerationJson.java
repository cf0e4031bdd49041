package dev.cadenza.server.serving;

import dev.cadenza.generation.Variation;
import java.util.List;

/**
 * A performance as JSON: {@code {model, sha256, seed, tempo, variations: [{seed, notes: [{pitch, velocity, onset_ms,
 * duration_ms}], logp, shortened}], warnings}}; {@code shortened} and {@code warnings} where there is something to say. The
 * notes are those of the MIDI file, its percussion left out; {@code logp} is the new
 * notes' alone, in nats.
 */
public final class GenerationJson {
    private GenerationJson() {}

    /** UTF-8. */
    public static byte[] write(GenerationResult performance) {
        return JsonText.write(json -> {
            json.writeStringField("model", performance.model().toString());
            json.writeStringField("sha256", performance.sha256());
            json.writeNumberField("seed", performance.seed());
            JsonText.number(json, "tempo", performance.tempo());
            json.writeArrayFieldStart("variations");
            List<Variation> variations = performance.variations();
            for (int i = 0; i < variations.size(); i++) {
                json.writeStartObject();
                json.writeNumberField("seed", variations.get(i).seed());
                JsonText.notes(json, performance.score(i));
                JsonText.number(json, "logp", variations.get(i).logp());
                JsonText.shortened(json, variations.get(i));
                json.writeEndObject();
            }
            json.writeEndArray();
            JsonText.warnings(json, performance.warnings());
        });
    }
}
