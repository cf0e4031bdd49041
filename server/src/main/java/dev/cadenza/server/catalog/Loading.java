package dev.cadenza.server.catalog;

import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.serving.ServedVersion;
import java.util.concurrent.CompletableFuture;

/** One version on its way into memory, on a thread of its own. What it comes to when nobody wants it any more is closed. */
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

    /** Nobody will ask for it: if it is there already it is closed, else when it comes. */
    void giveUp(String reason) {
        if (!outcome.completeExceptionally(new ModelRefusedException(id, reason))
                && !outcome.isCompletedExceptionally()) {
            outcome.join().close();
        }
    }
}
