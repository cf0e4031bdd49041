package dev.cadenza.server.http;

import dev.cadenza.generation.StepTask;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.JsonFields;
import dev.cadenza.server.request.ModelRequest;
import dev.cadenza.server.request.QueryFields;
import dev.cadenza.server.request.RequestReader;
import dev.cadenza.server.serving.ModelLease;
import dev.cadenza.server.serving.TimedResult;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that asks a model: it reads the request, borrows the model, says in headers what is known before a note is
 * played, waits for its turn in the queue and writes the answer.
 *
 * @param <R> what is asked
 * @param <A> what comes of it
 */
abstract class ModelHandler<R extends ModelRequest, A> {
    private final RequestReader<R> reader;
    private final List<String> offered;
    final Players players;

    /** @param offered media types of answers, the favourite first */
    ModelHandler(RequestReader<R> reader, List<String> offered, Players players) {
        this.reader = reader;
        this.offered = offered;
        this.players = players;
    }

    /** What is done when the request's turn comes. */
    abstract StepTask<A> work(R request, ModelLease lease);

    /** The answer's bytes in one of the offered types. */
    abstract byte[] encode(A answer, String mediaType);

    /** Refuses a request that this media type cannot answer. */
    void requireFits(R request, String mediaType) throws ProblemException {}

    /** Whether answers of this type are sent while they are being made, by {@link #stream}. */
    boolean isStreamed(String mediaType) {
        return false;
    }

    /** Whether the same request can be answered by the same bytes, which then have an entity tag. */
    boolean isTagged(String mediaType) {
        return !isStreamed(mediaType);
    }

    /** What answers of this type depend on besides the request and the model: the type itself, and more. */
    String variant(String mediaType) {
        return mediaType;
    }

    /** What a {@code HEAD} is told besides. */
    void head(Context ctx, String mediaType) {}

    /**
     * Queues the request and answers as it is played; the lease goes back with the queue's turn.
     *
     * @return completes when everything has been written
     * @throws ProblemException if it is refused; nothing has been written then
     */
    CompletableFuture<?> stream(Context ctx, R request, ModelLease lease, Players everybody) throws ProblemException {
        throw new IllegalStateException("no answer of this endpoint is streamed");
    }

    /** What is said in headers of an answer that has been made. */
    void describe(Context ctx, A answer) {}

    /** What stands before the seed in the name of a MIDI file. */
    String fileStem(ModelLease lease) {
        return lease.id().name() + "-" + lease.id().version();
    }

    /** Options from the query. */
    final void get(Context ctx) throws ProblemException {
        if (RequestBodies.isPresent(ctx)) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "a GET has no body here: give the options in the query, or use POST");
        }
        R request = reader.read(QueryFields.parse(ctx.queryString()));
        ctx.future(() -> answer(ctx, request));
    }

    /** Options from a JSON body, or from the query with a MIDI body as the prompt. */
    final void post(Context ctx) throws ProblemException {
        String contentType = ctx.req().getHeader("Content-Type");
        if (MediaType.isMidi(contentType)) {
            QueryFields options = QueryFields.parse(ctx.queryString());
            post(ctx, midi -> reader.read(options, midi));
        } else if (MediaType.isJson(contentType)) {
            String query = ctx.queryString();
            if (query != null && !query.isEmpty()) {
                throw new ProblemException(
                        ProblemType.INVALID_QUERY,
                        "options go either into the query or into a JSON body, not into both");
            }
            post(ctx, json -> reader.read(JsonFields.parse(json)));
        } else {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "send options as " + MediaType.JSON + " in UTF-8, or a prompt as " + MediaType.MIDI
                            + " with options in the query");
        }
    }

    private void post(Context ctx, RequestBodies.Reading<R> reading) {
        ctx.future(() ->
                players.bodies().read(ctx, players.bodyBytes(), reading).thenCompose(request -> answer(ctx, request)));
    }

    private CompletableFuture<?> answer(Context ctx, R request) {
        RequestId.of(ctx);
        try {
            String mediaType = Accept.parse(Collections.list(ctx.req().getHeaders("Accept")))
                    .best(offered)
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.NOT_ACCEPTABLE, "answers come as " + String.join(" or ", offered)));
            requireFits(request, mediaType);
            return players.models()
                    .lend(ExchangeNotes.of(ctx).share(), request, lease -> answer(ctx, request, mediaType, lease));
        } catch (ProblemException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<?> answer(Context ctx, R request, String mediaType, ModelLease lease)
            throws ProblemException {
        boolean handedOn = false;
        try {
            request.requireSupported(lease.id(), lease.model().description());
            describe(ctx, request, lease, mediaType);
            if (ctx.req().getMethod().equals("HEAD")) {
                head(ctx, mediaType);
                // Otherwise Jetty, which sees no body, says that GET's has no bytes.
                ctx.res().flushBuffer();
            } else if (ctx.statusCode() != 304) {
                if (isStreamed(mediaType)) {
                    handedOn = true;
                    return stream(ctx, request, lease, players);
                }
                StepTask<A> work = work(request, lease);
                handedOn = true;
                return players.queue()
                        .submit(ExchangeNotes.of(ctx).share(), request, lease, work, ClientPresence.of(ctx))
                        .thenComposeAsync(played -> write(ctx, mediaType, played), players.writers());
            }
            return CompletableFuture.completedFuture(null);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            if (!handedOn) {
                lease.close();
            }
        }
    }

    /** Everything about the answer that is known before a note is played; 304 if the client has the answer already. */
    private void describe(Context ctx, R request, ModelLease lease, String mediaType) {
        ctx.res().addHeader("Vary", "Accept");
        ctx.header("X-Model", lease.id().toString())
                .header("X-Model-Sha256", lease.sha256())
                .header("X-Content-Type-Options", "nosniff");
        request.seed().ifPresent(seed -> ctx.header("X-Seed", Long.toString(seed)));
        List<String> warnings = request.warnings(lease.model().description());
        if (!warnings.isEmpty()) {
            ctx.header("X-Warnings", String.join("; ", warnings));
        }
        // Before a 304 too: a cache takes a stored answer's headers from it.
        ctx.contentType(mediaType);
        if (request.isRepeatable() && isTagged(mediaType)) {
            String tag = EntityTag.of(List.of(
                    lease.id().toString(),
                    lease.sha256(),
                    players.engine(),
                    lease.device(),
                    request.normalised(),
                    variant(mediaType)));
            ctx.header("ETag", tag).header("Cache-Control", "no-cache");
            if (EntityTag.matches(ifNoneMatch(ctx), tag)) {
                ctx.status(304);
                return;
            }
        } else {
            ctx.header("Cache-Control", "no-store");
        }
        if (mediaType.equals(MediaType.MIDI) || mediaType.equals(MediaType.WAV)) {
            String suffix = mediaType.equals(MediaType.MIDI) ? ".mid" : ".wav";
            String seed = request.seed().isPresent() ? "-seed-" + request.seed().getAsLong() : "";
            ctx.header("Content-Disposition", "attachment; filename=\"" + fileStem(lease) + seed + suffix + "\"");
        }
    }

    private static @Nullable String ifNoneMatch(Context ctx) {
        List<String> headers = Collections.list(ctx.req().getHeaders("If-None-Match"));
        return headers.isEmpty() ? null : String.join(",", headers);
    }

    private CompletableFuture<Void> write(Context ctx, String mediaType, TimedResult<A> played) {
        long start = System.nanoTime();
        ExchangeNotes.of(ctx).setTimes(played.waited(), played.played());
        byte[] body = encode(played.answer(), mediaType);
        describe(ctx, played.answer());
        ctx.header(
                        "Server-Timing",
                        timing("queue", played.waited()) + ", " + timing("play", played.played()) + ", "
                                + timing("write", Duration.ofNanos(System.nanoTime() - start)))
                // So that a client can tell an answer that was cut off.
                .header("Content-Length", Integer.toString(body.length));
        try {
            return BodyWriter.write(new ByteArrayInputStream(body), ctx.res().getOutputStream());
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static String timing(String name, Duration duration) {
        return String.format(Locale.ROOT, "%s;dur=%.1f", name, duration.toNanos() / 1e6);
    }
}
