package dev.cadenza.server.http;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.ModelRequest;
import dev.cadenza.server.serving.ModelCatalog;
import dev.cadenza.server.serving.ModelLease;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Lends models to requests. One that is still being loaded, after the server's start, is waited for without a thread.
 */
final class ModelLending {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final ModelCatalog catalog;
    private final int mostWaiting;
    private final ScheduledExecutorService clock;
    private final Executor workers;
    private final UnqueuedRequests waiting;

    /** What is done with a model that was lent; it gives the lease back. */
    @FunctionalInterface
    interface Use {
        CompletableFuture<?> of(ModelLease lease) throws ProblemException;
    }

    /**
     * For one listener.
     *
     * @param mostWaiting requests that wait for models to be loaded; more are refused
     * @param clock ends what takes too long
     * @param workers go on when a model has been loaded
     */
    ModelLending(
            ModelCatalog catalog,
            int mostWaiting,
            ScheduledExecutorService clock,
            Executor workers,
            UnqueuedRequests waiting) {
        this.catalog = catalog;
        this.mostWaiting = mostWaiting;
        this.clock = clock;
        this.workers = workers;
        this.waiting = waiting;
    }

    /** Lends the request's model, as soon as it is there, and goes on. */
    CompletableFuture<?> lend(ModelRequest request, Use use) {
        CompletableFuture<ModelLease> lent = new CompletableFuture<>();
        var unused = catalog.leaseWhenLoaded(request.model(), request.seed()).whenComplete((lease, failure) -> {
            if (failure != null) {
                lent.completeExceptionally(failure);
            } else if (!lent.complete(lease)) {
                // Nobody waits for it any more.
                lease.close();
            }
        });
        if (lent.isDone()) {
            return lent.thenCompose(lease -> apply(use, lease));
        }
        CompletableFuture<?> answer = lent.thenComposeAsync(lease -> apply(use, lease), workers);
        await(lent, request);
        return answer;
    }

    private void await(CompletableFuture<ModelLease> lent, ModelRequest request) {
        if (waiting.size() >= mostWaiting) {
            lent.completeExceptionally(ProblemException.retryable(
                    ProblemType.TOO_MANY_REQUESTS, mostWaiting + " requests wait for models to be loaded already", 1));
            return;
        }
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
        waiting.add(lent);
    }

    private static CompletableFuture<?> apply(Use use, ModelLease lease) {
        try {
            return use.of(lease);
        } catch (ProblemException e) {
            throw new CompletionException(e);
        }
    }
}
