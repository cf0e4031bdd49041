package dev.cadenza.server.serving;

import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.StepTask;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.request.ModelRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A request in the queue, or playing. It ends once: played, refused, or out of time before its turn came; its lease goes
 * back at the same time.
 */
final class QueuedRequest<A> {
    private final Client client;
    private final ModelRequest request;
    private final ModelLease lease;
    private final StepTask<A> work;
    private final BooleanSupplier wanted;
    private final CompletableFuture<TimedResult<A>> answer = new CompletableFuture<>();
    private final Deadline deadline;
    private final AtomicBoolean left = new AtomicBoolean();
    private final long arrived = System.nanoTime();
    private volatile @Nullable Future<?> alarm;
    private volatile Runnable onLeaving = () -> {};

    QueuedRequest(Client client, ModelRequest request, ModelLease lease, StepTask<A> work, BooleanSupplier wanted) {
        this.client = client;
        this.request = request;
        this.lease = lease;
        this.work = work;
        this.wanted = wanted;
        this.deadline = Deadline.after(request.timeout());
    }

    Client client() {
        return client;
    }

    ModelRequest request() {
        return request;
    }

    CompletableFuture<TimedResult<A>> answer() {
        return answer;
    }

    VersionId version() {
        return lease.id();
    }

    int rows() {
        return work.rows();
    }

    /** What is done when the request ends; to be set before it can end. */
    void onLeaving(Runnable action) {
        onLeaving = action;
    }

    void setAlarm(Future<?> newAlarm) {
        alarm = newAlarm;
        if (left.get()) {
            newAlarm.cancel(false);
        }
    }

    /** Plays; the answer is completed by {@link #finish} or {@link #fail}. The future has the time that it played. */
    CompletableFuture<TimedResult<A>> play() {
        long start = System.nanoTime();
        return lease.model()
                .play(work, deadline, () -> !answer.isDone() && wanted.getAsBoolean())
                .thenApply(result -> new TimedResult<>(
                        result, Duration.ofNanos(start - arrived), Duration.ofNanos(System.nanoTime() - start)));
    }

    void finish(TimedResult<A> played) {
        leave();
        answer.complete(played);
    }

    void fail(Throwable failure) {
        leave();
        answer.completeExceptionally(failure);
    }

    /** Fails the answer; the model still plays, and is given back when it has noticed. */
    void giveUp(Throwable failure) {
        answer.completeExceptionally(failure);
    }

    private void leave() {
        if (left.compareAndSet(false, true)) {
            lease.close();
            onLeaving.run();
            Future<?> set = alarm;
            if (set != null) {
                set.cancel(false);
            }
        }
    }
}
