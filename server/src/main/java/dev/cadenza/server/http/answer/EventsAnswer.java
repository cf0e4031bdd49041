package dev.cadenza.server.http.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cadenza.generation.GeneratedNote;
import dev.cadenza.server.http.access.ExchangeNotes;
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
 * Notes as they are made: {@code start} at once, a {@code note} as soon as it is made, {@code done} or {@code error} at
 * last, heartbeats in silence. An error is a problem as other answers have it.
 */
public final class EventsAnswer implements Answer<GenerateRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(EventsAnswer.class);

    private final Services services;

    public EventsAnswer(Services services) {
        this.services = services;
    }

    @Override
    public String mediaType() {
        return MediaType.EVENTS;
    }

    @Override
    public boolean isTagged() {
        return false;
    }

    @Override
    public CompletableFuture<?> write(Context ctx, GenerateRequest request, ModelLease lease) throws ProblemException {
        EventStream stream = new EventStream(services.writers());
        NoteStream notes = new NoteStream(ctx, stream, new NoteEvents(request, lease));
        stream.send("start", notes.events.start());
        BooleanSupplier there = ClientPresence.of(ctx);
        CompletableFuture<TimedResult<GenerationResult>> played = services.play(
                ctx,
                request,
                lease,
                () -> GenerationResult.work(request, lease, notes::send, services.events()),
                () -> stream.isOpen() && there.getAsBoolean());
        long beat = services.heartbeat().toMillis();
        Future<?> heartbeats =
                services.clock().scheduleAtFixedRate(stream::heartbeat, beat, beat, TimeUnit.MILLISECONDS);
        ctx.header("X-Accel-Buffering", "no");
        try {
            stream.attach(ctx.res().getOutputStream());
        } catch (IOException e) {
            stream.onError(e);
        }
        // After the stream's beginning, so that no end is sent of what was not begun.
        ExchangeNotes written = ExchangeNotes.of(ctx);
        CompletableFuture<Void> ended = played.handle((result, failure) -> {
            if (result != null) {
                written.setTimes(result.waited(), result.played());
            }
            notes.end(result, failure);
            return null;
        });
        return ended.thenCompose(nothing -> stream.done()).whenComplete((nothing, failure) -> heartbeats.cancel(false));
    }

    /** The events of one request. */
    private static final class NoteStream {
        private final EventStream stream;
        private final NoteEvents events;
        private final String requestId;
        private final String path;

        NoteStream(Context ctx, EventStream stream, NoteEvents events) {
            this.stream = stream;
            this.events = events;
            requestId = RequestId.of(ctx);
            path = ctx.path();
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
}
