package dev.cadenza.server.catalog;

import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.serving.ServedVersion;
import java.util.concurrent.CompletableFuture;

/** One version on its way into memory, on a thread of its own. If it is not wanted any more, it is closed as soon as it is loaded. */
final class Loading {
    private final VersionId id;
    private final long deadline;
    private final CompletableFuture<ServedVersion> outcome = new CompletableFuture<>();

    Loading(VersionId id, long deadline) {
        this.id = id;
        this.deadline = deadline;
    }

    VersionId id() {
        return id;
    }

    /** As {@link System#nanoTime} counts. */
    long deadline() {
        return deadline;
    }

    /** Fails with what the loader threw, or with a {@link ModelRefusedException} when it was given up. */
    CompletableFuture<ServedVersion> outcome() {
        return outcome;
    }

    boolean isDone() {
        return outcome.isDone();
    }

    void deliver(ServedVersion served) {
        if (!outcome.complete(served)) {
            served.close();
        }
    }

    void fail(Throwable failure) {
        outcome.completeExceptionally(failure);
    }

    /** It is not wanted any more: it is closed, at once or as soon as it is loaded. */
    void giveUp(String reason) {
        if (!outcome.completeExceptionally(new ModelRefusedException(id, reason))
                && !outcome.isCompletedExceptionally()) {
            outcome.join().close();
        }
    }
}
