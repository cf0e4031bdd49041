package dev.cadenza.server.http;

import dev.cadenza.generation.NoteListener;
import dev.cadenza.generation.StepTask;
import dev.cadenza.music.MidiFiles;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.GenerateRequest;
import dev.cadenza.server.request.GenerateRequestReader;
import dev.cadenza.server.serving.GenerationJson;
import dev.cadenza.server.serving.GenerationResult;
import dev.cadenza.server.serving.ModelLease;
import io.javalin.http.Context;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code GET} and {@code POST /v1/generate}: music for a request. */
final class GenerateHandler extends ModelHandler<GenerateRequest, GenerationResult> {
    private final SoundAnswer sounds;

    GenerateHandler(GenerateRequestReader reader, Players players, SoundAnswer sounds) {
        super(reader, List.of(MediaType.MIDI, MediaType.JSON, MediaType.EVENTS, MediaType.WAV), players);
        this.sounds = sounds;
    }

    @Override
    StepTask<GenerationResult> work(GenerateRequest request, ModelLease lease) {
        return GenerationResult.work(request, lease, NoteListener.SILENT, players.events());
    }

    @Override
    byte[] encode(GenerationResult performance, String mediaType) {
        return mediaType.equals(MediaType.MIDI)
                ? MidiFiles.write(performance.score(0))
                : GenerationJson.write(performance);
    }

    @Override
    void requireFits(GenerateRequest request, String mediaType) throws ProblemException {
        if (!mediaType.equals(MediaType.JSON)
                && !mediaType.equals(MediaType.EVENTS)
                && request.options().variations() > 1) {
            throw ProblemException.ofField(
                    ProblemType.INVALID_FIELD,
                    "n",
                    "n must be 1 for a file, which holds one piece; send Accept: " + MediaType.JSON
                            + " for several variations");
        }
        if (mediaType.equals(MediaType.WAV)) {
            SoundAnswer.requireFits(request);
        }
    }

    @Override
    void describe(Context ctx, GenerationResult performance) {
        ShortenedHeader.set(ctx, ShortenedHeader.of(performance));
    }

    @Override
    boolean isStreamed(String mediaType) {
        return mediaType.equals(MediaType.EVENTS) || mediaType.equals(MediaType.WAV);
    }

    @Override
    boolean isTagged(String mediaType) {
        return !mediaType.equals(MediaType.EVENTS);
    }

    @Override
    String variant(String mediaType) {
        return mediaType.equals(MediaType.WAV) ? mediaType + " " + sounds.id() : mediaType;
    }

    @Override
    void head(Context ctx, String mediaType) {
        if (mediaType.equals(MediaType.WAV)) {
            sounds.head(ctx, ctx.res().getHeader("ETag"));
        }
    }

    @Override
    CompletableFuture<?> stream(Context ctx, GenerateRequest request, ModelLease lease, Players everybody)
            throws ProblemException {
        return String.valueOf(ctx.res().getContentType()).startsWith(MediaType.WAV)
                ? sounds.begin(ctx, request, lease, everybody, ctx.res().getHeader("ETag"))
                : NoteStream.begin(ctx, request, lease, everybody);
    }
}
