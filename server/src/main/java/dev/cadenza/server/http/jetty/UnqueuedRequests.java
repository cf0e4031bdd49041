package dev.cadenza.server.http.jetty;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is not in the queue, because its body is being read, its model is being loaded, or it is a command that waits to be
 * carried out. It fails when the server stops.
 */
public final class UnqueuedRequests {
    private final Map<Object, CompletableFuture<?>> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Keeps a request until it is done. */
    public void add(CompletableFuture<?> future) {
        Object key = new Object();
        waiting.put(key, future);
        var unused = future.whenComplete((result, failure) -> waiting.remove(key));
        if (closed) {
            refuse(future);
        }
    }

    public int size() {
        return waiting.size();
    }

    public void close() {
        closed = true;
        waiting.values().forEach(UnqueuedRequests::refuse);
    }

    private static void refuse(CompletableFuture<?> future) {
        future.completeExceptionally(
                ProblemException.retryable(ProblemType.UNAVAILABLE, "the server is shutting down", 1));
    }
}
