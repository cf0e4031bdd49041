package dev.cadenza.server.serving;

import dev.cadenza.generation.Generator;
import dev.cadenza.generation.NoteListener;
import dev.cadenza.generation.Piece;
import dev.cadenza.generation.Shortened;
import dev.cadenza.generation.Variation;
import dev.cadenza.generation.step.StepTask;
import dev.cadenza.model.VersionId;
import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoChange;
import dev.cadenza.music.TempoMap;
import dev.cadenza.server.request.GenerateRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A request and what was played for it.
 *
 * @param model the version that played
 * @param sha256 of its model file
 * @param request what was asked for
 * @param piece what came of it
 * @param warnings for the client, one line each
 */
public record GenerationResult(
        VersionId model, String sha256, GenerateRequest request, Piece piece, List<String> warnings)
        implements ModelResult {
    private static final double MICROS_PER_MINUTE = 60e6;

    /**
     * The playing of it.
     *
     * @param listener called with every new note, on the thread that plays
     */
    public static StepTask<GenerationResult> work(
            GenerateRequest request, ModelLease lease, NoteListener listener, ServingEvents events) {
        return work(request, lease, new NoteCount(lease.id(), listener, events));
    }

    /**
     * The playing of it, without events.
     *
     * @param listener called with every new note, on the thread that plays
     */
    public static StepTask<GenerationResult> work(GenerateRequest request, ModelLease lease, NoteListener listener) {
        return Generator.task(lease.model().description(), request.heard(), request.options(), listener)
                .map(piece -> new GenerationResult(
                        lease.id(),
                        lease.sha256(),
                        request,
                        piece,
                        request.warnings(lease.model().description())));
    }

    /** The seed of the first variation. */
    public long seed() {
        return request.options().seed();
    }

    /** The variations, each with its own seed. */
    public List<Variation> variations() {
        return piece.variations();
    }

    /** The music of one variation as the request wants it: with or without the prompt, at its tempo. */
    public Score score(int variation) {
        Score score = request.includePrompt() ? piece.complete(variation) : piece.continuation(variation);
        return request.tempo() == null ? score : Retempo.at(score, microsPerQuarter(request.tempo()));
    }

    @Override
    public Optional<Shortened> shortened() {
        return variations().stream()
                .map(variation -> variation.shortened())
                .filter(Objects::nonNull)
                .findFirst();
    }

    /**
     * {@code {model, sha256, seed, tempo, variations: [{seed, notes: [{pitch, velocity, onset_ms, duration_ms}], logp,
     * shortened}], warnings}} in UTF-8; {@code shortened} and {@code warnings} where there is something to say. The
     * notes are those of the MIDI file, without percussion; {@code logp} is that of the new notes, in nats.
     */
    @Override
    public byte[] json() {
        return JsonText.write(json -> {
            json.writeStringField("model", model.toString());
            json.writeStringField("sha256", sha256);
            json.writeNumberField("seed", seed());
            JsonText.number(json, "tempo", tempo());
            json.writeArrayFieldStart("variations");
            for (int i = 0; i < variations().size(); i++) {
                Variation variation = variations().get(i);
                json.writeStartObject();
                json.writeNumberField("seed", variation.seed());
                JsonText.notes(json, score(i));
                JsonText.number(json, "logp", variation.logp());
                JsonText.shortened(json, variation);
                json.writeEndObject();
            }
            json.writeEndArray();
            JsonText.warnings(json, warnings);
        });
    }

    /** The first variation as a MIDI file, with the pedal as the request wants it. */
    public byte[] midi() {
        return MidiFiles.write(score(0), request.pedal());
    }

    /** Quarters a minute: what the request wants, else the tempo at which the score ends. */
    public double tempo() {
        return request.tempo() == null ? lastTempo(score(0).tempoMap()) : request.tempo();
    }

    static double lastTempo(TempoMap tempoMap) {
        List<TempoChange> changes = tempoMap.changes();
        return MICROS_PER_MINUTE / changes.get(changes.size() - 1).microsPerQuarter();
    }

    static int microsPerQuarter(double tempo) {
        return (int) Math.round(MICROS_PER_MINUTE / tempo);
    }
}
