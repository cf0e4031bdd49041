package dev.cadenza.server.serving;

import dev.cadenza.generation.Humanized;
import dev.cadenza.generation.Humanizer;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.request.HumanizeRequest;

/**
 * How a version plays the written piece of a request.
 *
 * @param model the version
 * @param sha256 of its model file
 * @param seed that the choices came from
 * @param piece what it played
 */
public record Rendition(VersionId model, String sha256, long seed, Humanized piece) {
    /** The playing of it. */
    public static Work<Rendition> work(HumanizeRequest request, ModelLease lease) {
        return Work.of(
                Humanizer.passage(lease.model(), request.prompt().prompt().score(), request.options()),
                piece -> new Rendition(
                        lease.id(), lease.sha256(), request.options().seed(), piece));
    }

    /**
     * {@code {model, sha256, seed, merged_notes, cut_notes, logp, notes: [{pitch, velocity, onset_ms, duration_ms}]}} in
     * UTF-8; {@code logp} in nats.
     */
    public byte[] json() {
        return JsonText.write(json -> {
            json.writeStringField("model", model.toString());
            json.writeStringField("sha256", sha256);
            json.writeNumberField("seed", seed);
            json.writeNumberField("merged_notes", piece.merged());
            json.writeNumberField("cut_notes", piece.cut());
            JsonText.number(json, "logp", piece.logp());
            JsonText.notes(json, piece.score());
        });
    }
}
