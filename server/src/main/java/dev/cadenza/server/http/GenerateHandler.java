package dev.cadenza.server.http;

import dev.cadenza.music.MidiFiles;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.GenerateRequest;
import dev.cadenza.server.request.GenerateRequestReader;
import dev.cadenza.server.request.JsonFields;
import dev.cadenza.server.request.QueryFields;
import dev.cadenza.server.serving.GenerationQueue;
import dev.cadenza.server.serving.ModelCatalog;
import dev.cadenza.server.serving.ModelLease;
import dev.cadenza.server.serving.Performance;
import dev.cadenza.server.serving.PerformanceJson;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** {@code GET} and {@code POST /v1/generate}: music for a request. */
final class GenerateHandler {
    private static final List<String> OFFERED = List.of(MediaType.MIDI, MediaType.JSON);

    private final GenerateRequestReader reader;
    private final ModelCatalog catalog;
    private final GenerationQueue queue;
    private final Executor writers;
    private final int bodyBytes;
    private final String engine;

    /**
     * The endpoint.
     *
     * @param writers runs what encodes and sends answers, so that a slow client holds up no player
     * @param bodyBytes largest body
     * @param engine versions of server and engine, for the entity tag
     */
    GenerateHandler(
            GenerateRequestReader reader,
            ModelCatalog catalog,
            GenerationQueue queue,
            Executor writers,
            int bodyBytes,
            String engine) {
        this.reader = reader;
        this.catalog = catalog;
        this.queue = queue;
        this.writers = writers;
        this.bodyBytes = bodyBytes;
        this.engine = engine;
    }

    /** Options from the query. */
    void get(Context ctx) throws ProblemException {
        if (RequestBody.isPresent(ctx)) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "a GET has no body here: give the options in the query, or use POST");
        }
        answer(ctx, reader.read(QueryFields.parse(ctx.queryString())));
    }

    /** Options from a JSON body, or from the query with a MIDI body as the prompt. */
    void post(Context ctx) throws ProblemException, IOException {
        String contentType = ctx.req().getContentType();
        if (MediaType.isMidi(contentType)) {
            QueryFields options = QueryFields.parse(ctx.queryString());
            answer(ctx, reader.read(options, RequestBody.read(ctx, bodyBytes)));
        } else if (MediaType.isJson(contentType)) {
            String query = ctx.queryString();
            if (query != null && !query.isEmpty()) {
                throw new ProblemException(
                        ProblemType.INVALID_QUERY,
                        "options go either into the query or into a JSON body, not into both");
            }
            answer(ctx, reader.read(JsonFields.parse(RequestBody.read(ctx, bodyBytes))));
        } else {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "send options as " + MediaType.JSON + " in UTF-8, or a prompt as " + MediaType.MIDI
                            + " with options in the query");
        }
    }

    private void answer(Context ctx, GenerateRequest request) throws ProblemException {
        RequestId.of(ctx);
        String mediaType = negotiate(ctx, request);
        ModelLease lease = catalog.lease(request.model());
        boolean handedOn = false;
        try {
            request.controls().requireSupported(lease.id(), lease.model().kind());
            describe(ctx, request, lease, mediaType);
            if (ctx.statusCode() != 304 && !ctx.req().getMethod().equals("HEAD")) {
                handedOn = true;
                CompletableFuture<Performance> performance = queue.submit(request, lease);
                ctx.future(() -> performance.thenAcceptAsync(done -> write(ctx, mediaType, done), writers));
            }
        } finally {
            if (!handedOn) {
                lease.close();
            }
        }
    }

    private static String negotiate(Context ctx, GenerateRequest request) throws ProblemException {
        String mediaType = Accept.parse(Collections.list(ctx.req().getHeaders("Accept")))
                .best(OFFERED)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_ACCEPTABLE, "answers come as " + String.join(" or ", OFFERED)));
        if (mediaType.equals(MediaType.MIDI) && request.options().variations() > 1) {
            throw ProblemException.ofField(
                    ProblemType.INVALID_FIELD,
                    "n",
                    "n must be 1 for a MIDI file, which holds one piece; send Accept: " + MediaType.JSON
                            + " for several variations");
        }
        return mediaType;
    }

    /** Everything about the answer that is known before a note is played; 304 if the client has the answer already. */
    private void describe(Context ctx, GenerateRequest request, ModelLease lease, String mediaType) {
        ctx.header("Vary", "Accept")
                .header("X-Model", lease.id().toString())
                .header("X-Model-Sha256", lease.sha256())
                .header("X-Seed", Long.toString(request.options().seed()))
                .header("X-Content-Type-Options", "nosniff");
        // Before a 304 too: a cache takes a stored answer's headers from it.
        ctx.contentType(mediaType);
        if (request.seedGiven()) {
            String tag = EntityTag.of(List.of(
                    lease.id().toString(), lease.sha256(), engine, catalog.device(), request.normalised(), mediaType));
            ctx.header("ETag", tag).header("Cache-Control", "no-cache");
            if (EntityTag.matches(ifNoneMatch(ctx), tag)) {
                ctx.status(304);
                return;
            }
        } else {
            ctx.header("Cache-Control", "no-store");
        }
        if (mediaType.equals(MediaType.MIDI)) {
            ctx.header(
                    "Content-Disposition",
                    String.format(
                            Locale.ROOT,
                            "attachment; filename=\"%s-%d-seed-%d.mid\"",
                            lease.id().name(),
                            lease.id().version(),
                            request.options().seed()));
        }
    }

    private static @Nullable String ifNoneMatch(Context ctx) {
        List<String> headers = Collections.list(ctx.req().getHeaders("If-None-Match"));
        return headers.isEmpty() ? null : String.join(",", headers);
    }

    private static void write(Context ctx, String mediaType, Performance performance) {
        long start = System.nanoTime();
        byte[] body = mediaType.equals(MediaType.MIDI)
                ? MidiFiles.write(performance.score(0))
                : PerformanceJson.write(performance);
        ctx.header(
                        "Server-Timing",
                        timing("queue", performance.waited()) + ", " + timing("play", performance.played()) + ", "
                                + timing("write", Duration.ofNanos(System.nanoTime() - start)))
                // So that a client can tell an answer that was cut off.
                .header("Content-Length", Integer.toString(body.length))
                .result(body);
    }

    private static String timing(String name, Duration duration) {
        return String.format(Locale.ROOT, "%s;dur=%.1f", name, duration.toNanos() / 1e6);
    }
}
