package dev.cadenza.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cadenza.generation.GeneratedNote;
import dev.cadenza.server.http.access.ExchangeNotes;
import dev.cadenza.server.http.answer.EventStream;
import dev.cadenza.server.http.jetty.ClientPresence;
import dev.cadenza.server.http.jetty.RequestId;
import dev.cadenza.server.problem.ProblemBody;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.GenerateRequest;
import dev.cadenza.server.serving.GenerationResult;
import dev.cadenza.server.serving.ModelLease;
import dev.cadenza.server.serving.NoteEvents;
import dev.cadenza.server.serving.TimedResult;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One piece as an event stream: {@code start} at once, a {@code note} as soon as it is made, {@code done} or {@code error}
 * at last, heartbeats while nothing happens. An error is a problem as other answers have it.
 */
final class NoteStream {
    private static final Logger LOG = LoggerFactory.getLogger(NoteStream.class);

    private final EventStream stream;
    private final NoteEvents events;
    private final String requestId;
    private final String path;

    private NoteStream(Context ctx, EventStream stream, NoteEvents events) {
        this.stream = stream;
        this.events = events;
        requestId = RequestId.of(ctx);
        path = ctx.path();
    }

    /**
     * Queues the request, which is handled asynchronously.
     *
     * @return completes when everything has been written
     * @throws ProblemException if too many wait already; the lease is given back then, too
     */
    static CompletableFuture<?> begin(Context ctx, GenerateRequest request, ModelLease lease, Players players)
            throws ProblemException {
        EventStream stream = new EventStream(players.writers());
        NoteStream notes = new NoteStream(ctx, stream, new NoteEvents(request, lease));
        stream.send("start", notes.events.start());
        BooleanSupplier there = ClientPresence.of(ctx);
        CompletableFuture<TimedResult<GenerationResult>> played = players.queue()
                .submit(
                        ExchangeNotes.of(ctx).share(),
                        request,
                        lease,
                        GenerationResult.work(request, lease, notes::send, players.events()),
                        () -> stream.isOpen() && there.getAsBoolean());
        long beat = players.heartbeat().toMillis();
        Future<?> heartbeats =
                players.clock().scheduleAtFixedRate(stream::heartbeat, beat, beat, TimeUnit.MILLISECONDS);
        ctx.header("X-Accel-Buffering", "no");
        try {
            stream.attach(ctx.res().getOutputStream());
        } catch (IOException e) {
            stream.onError(e);
        }
        // Later than the stream's beginning, so that nobody is told of an end that was not written.
        ExchangeNotes written = ExchangeNotes.of(ctx);
        CompletableFuture<Void> ended = played.handle((performance, failure) -> {
            if (performance != null) {
                written.setTimes(performance.waited(), performance.played());
            }
            notes.end(performance, failure);
            return null;
        });
        return ended.thenCompose(nothing -> stream.done()).whenComplete((nothing, failure) -> heartbeats.cancel(false));
    }

    private boolean send(GeneratedNote note) {
        stream.send("note", events.note(note));
        if (stream.isOverfull()) {
            stream.cutShort(
                    "error",
                    problem(new ProblemException(
                            ProblemType.CLIENT_CLOSED_REQUEST, "notes were not read as they came")));
            return false;
        }
        return stream.isOpen();
    }

    private void end(@Nullable TimedResult<GenerationResult> played, @Nullable Throwable failure) {
        if (played != null) {
            stream.end("done", events.done(played.answer()));
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ProblemException problem) {
            stream.end("error", problem(problem));
        } else {
            LOG.error("request {} failed", requestId, cause);
            stream.end(
                    "error",
                    problem(new ProblemException(
                            ProblemType.INTERNAL_ERROR, "the failure is logged under the request's id")));
        }
    }

    /** On one line, as an event's data must be. */
    private byte[] problem(ProblemException problem) {
        byte[] body = ProblemBody.of(
                problem.type(),
                problem.type().status(),
                problem.detail(),
                problem.field().orElse(null),
                requestId,
                path);
        return new String(body, UTF_8).strip().getBytes(UTF_8);
    }
}
