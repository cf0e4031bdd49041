package dev.cadenza.server.http;

import dev.cadenza.server.http.jetty.UnqueuedRequests;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.ModelRequest;
import dev.cadenza.server.serving.Client;
import dev.cadenza.server.serving.GenerationQueue;
import dev.cadenza.server.serving.ModelCatalog;
import dev.cadenza.server.serving.ModelLease;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Leases models to requests. One that is still being loaded, after the server's start, is waited for without a thread.
 */
final class ModelLending {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final ModelCatalog catalog;
    private final GenerationQueue queue;
    private final int mostWaiting;
    private final Semaphore places;
    private final ScheduledExecutorService clock;
    private final Executor workers;
    private final UnqueuedRequests unqueued;

    /** What is done with a lease; it gives the lease back. */
    @FunctionalInterface
    interface Use {
        CompletableFuture<?> of(ModelLease lease) throws ProblemException;
    }

    /**
     * For one listener.
     *
     * @param queue counts those that wait here as their clients' streams, too
     * @param mostWaiting requests that wait for models to be loaded; more are refused
     * @param clock ends what takes too long
     * @param workers go on when a model has been loaded, or was not in time
     * @param unqueued fails requests that still wait when the server stops
     */
    ModelLending(
            ModelCatalog catalog,
            GenerationQueue queue,
            int mostWaiting,
            ScheduledExecutorService clock,
            Executor workers,
            UnqueuedRequests unqueued) {
        this.catalog = catalog;
        this.queue = queue;
        this.mostWaiting = mostWaiting;
        this.places = new Semaphore(mostWaiting);
        this.clock = clock;
        this.workers = workers;
        this.unqueued = unqueued;
    }

    /** Leases the request's model as soon as it is there, and goes on. */
    CompletableFuture<?> lend(Client client, ModelRequest request, Use use) {
        // If it is completed before the catalogue does it, the catalogue forgets it.
        CompletableFuture<ModelLease> lent = catalog.leaseWhenLoaded(request.model(), request.seed());
        if (lent.isDone()) {
            return lent.thenCompose(lease -> apply(use, lease));
        }
        Runnable leave;
        try {
            leave = takePlace(client);
        } catch (ProblemException e) {
            if (!lent.completeExceptionally(e)) {
                // It has been loaded just now.
                return lent.thenCompose(lease -> apply(use, lease));
            }
            return CompletableFuture.failedFuture(e);
        }
        // The place is given back before the queue counts the request; a failed request is
        // answered by a worker, too.
        CompletableFuture<?> answer = lent.whenCompleteAsync((lease, failure) -> leave.run(), workers)
                .thenCompose(lease -> apply(use, lease));
        await(lent, request);
        return answer;
    }

    private Runnable takePlace(Client client) throws ProblemException {
        if (!places.tryAcquire()) {
            throw ProblemException.retryable(
                    ProblemType.TOO_MANY_REQUESTS, mostWaiting + " requests wait for models to be loaded already", 1);
        }
        boolean taken = false;
        try {
            Runnable giveBack = queue.takeShare(client);
            taken = true;
            return () -> {
                places.release();
                giveBack.run();
            };
        } finally {
            if (!taken) {
                places.release();
            }
        }
    }

    private void await(CompletableFuture<ModelLease> lent, ModelRequest request) {
        boolean own = request.timeout().compareTo(LONGEST_WAIT) < 0;
        ProblemException timeUp = own
                ? new ProblemException(
                        ProblemType.DEADLINE_EXCEEDED,
                        "the model was not loaded within " + request.timeout().toMillis()
                                + " ms; try again later, or give a larger timeout_ms")
                : ProblemException.retryable(
                        ProblemType.UNAVAILABLE, "the model is still being loaded; try again later", 1);
        Future<?> alarm = clock.schedule(
                () -> lent.completeExceptionally(timeUp),
                (own ? request.timeout() : LONGEST_WAIT).toMillis(),
                TimeUnit.MILLISECONDS);
        var unused = lent.whenComplete((lease, failure) -> alarm.cancel(false));
        unqueued.add(lent);
    }

    private static CompletableFuture<?> apply(Use use, ModelLease lease) {
        try {
            return use.of(lease);
        } catch (ProblemException e) {
            throw new CompletionException(e);
        }
    }
}
