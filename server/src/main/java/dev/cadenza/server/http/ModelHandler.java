package dev.cadenza.server.http;

import dev.cadenza.server.http.access.ExchangeNotes;
import dev.cadenza.server.http.answer.Accept;
import dev.cadenza.server.http.answer.Answer;
import dev.cadenza.server.http.answer.EntityTag;
import dev.cadenza.server.http.answer.MediaType;
import dev.cadenza.server.http.jetty.RequestBodies;
import dev.cadenza.server.http.jetty.RequestId;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.JsonFields;
import dev.cadenza.server.request.ModelRequest;
import dev.cadenza.server.request.QueryFields;
import dev.cadenza.server.request.RequestReader;
import dev.cadenza.server.serving.ModelLease;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * An endpoint that asks a model: it reads the request, chooses the answer's media type, leases the model, says in headers
 * what is known before a note is played, and has the answer written.
 *
 * @param <R> the request
 */
public final class ModelHandler<R extends ModelRequest> {
    private final RequestReader<R> reader;
    private final Map<String, Answer<R>> answers = new LinkedHashMap<>();
    private final ModelLending models;
    private final RequestBodies bodies;
    private final int bodyBytes;
    private final String engine;

    ModelHandler(
            RequestReader<R> reader,
            List<Answer<R>> answers,
            ModelLending models,
            RequestBodies bodies,
            int bodyBytes,
            String engine) {
        this.reader = reader;
        answers.forEach(answer -> this.answers.put(answer.mediaType(), answer));
        this.models = models;
        this.bodies = bodies;
        this.bodyBytes = bodyBytes;
        this.engine = engine;
    }

    /** Options from the query. */
    public void get(Context ctx) throws ProblemException {
        if (RequestBodies.isPresent(ctx)) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "a GET has no body here: give the options in the query, or use POST");
        }
        R request = reader.read(QueryFields.parse(ctx.queryString()));
        ctx.future(() -> answer(ctx, request));
    }

    /** Options from a JSON body, or from the query with a MIDI body as the prompt. */
    public void post(Context ctx) throws ProblemException {
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
        ctx.future(() -> bodies.read(ctx, bodyBytes, reading).thenCompose(request -> answer(ctx, request)));
    }

    private CompletableFuture<?> answer(Context ctx, R request) {
        RequestId.of(ctx);
        try {
            Answer<R> answer = Accept.choose(ctx, answers);
            answer.requireFits(request);
            return models.lend(ExchangeNotes.of(ctx).share(), request, lease -> answer(ctx, request, answer, lease));
        } catch (ProblemException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<?> answer(Context ctx, R request, Answer<R> answer, ModelLease lease)
            throws ProblemException {
        boolean handedOn = false;
        try {
            request.requireSupported(lease.id(), lease.model().description());
            describe(ctx, request, answer, lease);
            if (ctx.req().getMethod().equals("HEAD")) {
                answer.head(ctx);
                // Otherwise Jetty, which sees no body, says that GET's has no bytes.
                ctx.res().flushBuffer();
            } else if (ctx.statusCode() != 304) {
                handedOn = true;
                return answer.write(ctx, request, lease);
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
    private void describe(Context ctx, R request, Answer<R> answer, ModelLease lease) {
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
        ctx.contentType(answer.mediaType());
        if (request.isRepeatable() && answer.isTagged()) {
            String tag = EntityTag.of(List.of(
                    lease.id().toString(),
                    lease.sha256(),
                    engine,
                    lease.device(),
                    request.normalised(),
                    answer.variant()));
            ctx.header("ETag", tag).header("Cache-Control", "no-cache");
            if (EntityTag.isKnown(ctx, tag)) {
                ctx.status(304);
                return;
            }
        } else {
            ctx.header("Cache-Control", "no-store");
        }
        answer.fileName(request, lease)
                .ifPresent(name -> ctx.header("Content-Disposition", "attachment; filename=\"" + name + "\""));
    }
}
