package dev.cadenza.server.http.answer;

import dev.cadenza.generation.step.StepTask;
import dev.cadenza.server.http.access.ExchangeNotes;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.request.ModelRequest;
import dev.cadenza.server.serving.GenerationQueue;
import dev.cadenza.server.serving.ModelLease;
import dev.cadenza.server.serving.ServingEvents;
import dev.cadenza.server.serving.TimedResult;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What answers need to be made.
 *
 * @param queue plays
 * @param writers runs what encodes and sends answers, so that a slow client holds up no player
 * @param clock runs what is due at a time, such as what keeps event streams alive
 * @param heartbeat how long an event stream may be silent
 * @param events is called for each note
 */
public record Services(
        GenerationQueue queue,
        Executor writers,
        ScheduledExecutorService clock,
        Duration heartbeat,
        ServingEvents events) {
    /**
     * Queues a request as its client's; the lease is given back in any case.
     *
     * @param wanted whether the answer is still wanted
     * @throws ProblemException if too many wait already
     */
    public <A> CompletableFuture<TimedResult<A>> play(
            Context ctx, ModelRequest request, ModelLease lease, Supplier<StepTask<A>> work, BooleanSupplier wanted)
            throws ProblemException {
        boolean queued = false;
        try {
            StepTask<A> made = work.get();
            queued = true;
            return queue.submit(ExchangeNotes.of(ctx).share(), request, lease, made, wanted);
        } finally {
            if (!queued) {
                lease.close();
            }
        }
    }
}
