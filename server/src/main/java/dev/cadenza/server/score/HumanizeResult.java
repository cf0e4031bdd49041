package dev.cadenza.server.score;

import dev.cadenza.generation.Humanized;
import dev.cadenza.generation.Humanizer;
import dev.cadenza.generation.step.StepTask;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.serving.JsonText;
import dev.cadenza.server.serving.ModelLease;
import dev.cadenza.server.serving.ModelResult;
import java.util.List;

/**
 * How a version plays the written piece of a request.
 *
 * @param model the version
 * @param sha256 of its model file
 * @param seed that the choices came from
 * @param piece what it played
 * @param warnings for the client, one line each
 */
record HumanizeResult(VersionId model, String sha256, long seed, Humanized piece, List<String> warnings)
        implements ModelResult {
    /** The playing of it. */
    public static StepTask<HumanizeResult> work(HumanizeRequest request, ModelLease lease) {
        return Humanizer.task(
                        lease.model().description(), request.prompt().prompt().score(), request.options())
                .map(piece -> new HumanizeResult(
                        lease.id(),
                        lease.sha256(),
                        request.options().seed(),
                        piece,
                        request.warnings(lease.model().description())));
    }

    /**
     * {@code {model, sha256, seed, merged_notes, unplayable_notes, cut_notes, logp, notes: [{pitch, velocity, onset_ms,
     * duration_ms}], warnings}} in UTF-8; {@code logp} in nats. The notes and the merged ones together are the written
     * piece's notes without percussion; the unplayable ones are among the notes.
     */
    @Override
    public byte[] json() {
        return JsonText.write(json -> {
            json.writeStringField("model", model.toString());
            json.writeStringField("sha256", sha256);
            json.writeNumberField("seed", seed);
            json.writeNumberField("merged_notes", piece.merged());
            json.writeNumberField("unplayable_notes", piece.unplayable());
            json.writeNumberField("cut_notes", piece.cut());
            JsonText.number(json, "logp", piece.logp());
            JsonText.notes(json, piece.score());
            JsonText.warnings(json, warnings);
        });
    }
}
