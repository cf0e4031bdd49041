package dev.cadenza.server.score;

import dev.cadenza.generation.ScoredPiece;
import dev.cadenza.generation.Scoring;
import dev.cadenza.generation.step.StepTask;
import dev.cadenza.model.VersionId;
import dev.cadenza.notematrix.NoteMatrix;
import dev.cadenza.server.serving.JsonText;
import dev.cadenza.server.serving.ModelLease;
import dev.cadenza.server.serving.ModelResult;
import java.util.List;

/**
 * How likely a version finds the piece of a request.
 *
 * @param model the version
 * @param sha256 of its model file
 * @param piece note by note
 * @param warnings for the client, one line each
 */
record ScoreResult(VersionId model, String sha256, ScoredPiece piece, List<String> warnings) implements ModelResult {
    private static final long MILLIS = 1000;

    /** The scoring of it. */
    public static StepTask<ScoreResult> work(ScoreRequest request, ModelLease lease) {
        return Scoring.task(
                        lease.model().description(), request.prompt().prompt().score())
                .map(piece -> new ScoreResult(
                        lease.id(),
                        lease.sha256(),
                        piece,
                        request.warnings(lease.model().description())));
    }

    /**
     * {@code {model, sha256, notes, nll_nats_per_note, nll_interval, .., merged_notes, unplayable_notes, per_note:
     * [{index, pitch, velocity, onset_ms, duration_ms, interval_ms, logp_interval, ..}], warnings}} in UTF-8. The first
     * three counts together are the piece's notes without percussion. Likelihoods are in nats and there for the
     * attributes that the model has; times are those of the model's grid.
     */
    @Override
    public byte[] json() {
        return JsonText.write(json -> {
            json.writeStringField("model", model.toString());
            json.writeStringField("sha256", sha256);
            NoteMatrix notes = piece.notes();
            List<String> attributes = piece.attributes();
            json.writeNumberField("notes", notes.size());
            JsonText.number(json, "nll_nats_per_note", piece.nll());
            for (int attribute = 0; attribute < attributes.size(); attribute++) {
                JsonText.number(json, "nll_" + attributes.get(attribute), piece.nll(attribute));
            }
            json.writeNumberField("merged_notes", piece.merged());
            json.writeNumberField("unplayable_notes", piece.unplayable());
            json.writeArrayFieldStart("per_note");
            for (int note = 0; note < notes.size(); note++) {
                json.writeStartObject();
                json.writeNumberField("index", note);
                json.writeNumberField("pitch", notes.pitch(note));
                json.writeNumberField("velocity", notes.velocity(note));
                json.writeNumberField("onset_ms", millis(notes.onsetTick(note)));
                json.writeNumberField("duration_ms", millis(notes.duration(note)));
                json.writeNumberField("interval_ms", millis(notes.interval(note)));
                for (int attribute = 0; attribute < attributes.size(); attribute++) {
                    JsonText.number(
                            json,
                            "logp_" + attributes.get(attribute),
                            piece.logp()[note * attributes.size() + attribute]);
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            JsonText.warnings(json, warnings);
        });
    }

    private long millis(long ticks) {
        return Math.round(ticks * MILLIS / (double) piece.notes().ticksPerSecond());
    }
}
