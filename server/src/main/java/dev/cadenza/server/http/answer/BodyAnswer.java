package dev.cadenza.server.http.answer;

import dev.cadenza.generation.step.StepTask;
import dev.cadenza.server.http.access.ExchangeNotes;
import dev.cadenza.server.http.jetty.ClientPresence;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.request.ModelRequest;
import dev.cadenza.server.serving.ModelLease;
import dev.cadenza.server.serving.ModelResult;
import dev.cadenza.server.serving.TimedResult;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** An answer that is written when all of it has been played. */
abstract class BodyAnswer<R extends ModelRequest, A extends ModelResult> implements Answer<R> {
    private final Services services;
    private final BiFunction<R, ModelLease, StepTask<A>> work;

    BodyAnswer(Services services, BiFunction<R, ModelLease, StepTask<A>> work) {
        this.services = services;
        this.work = work;
    }

    abstract byte[] encode(A result);

    @Override
    public final CompletableFuture<?> write(Context ctx, R request, ModelLease lease) throws ProblemException {
        return services.play(ctx, request, lease, () -> work.apply(request, lease), ClientPresence.of(ctx))
                .thenComposeAsync(played -> write(ctx, played), services.writers());
    }

    private CompletableFuture<Void> write(Context ctx, TimedResult<A> played) {
        long start = System.nanoTime();
        ExchangeNotes.of(ctx).setTimes(played.waited(), played.played());
        byte[] body = encode(played.answer());
        ShortenedHeader.set(ctx, ShortenedHeader.of(played.answer()));
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
