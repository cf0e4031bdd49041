package dev.cadenza.server.http.jetty;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Reads the bodies of a listener's requests: never more of one than is allowed, whether its length was announced or not;
 * never for longer than is allowed; and without a thread that waits for bytes. Safe for use from many threads.
 */
public final class RequestBodies {
    private final ConnectionLimits limits;
    private final MemoryBudget memory;
    private final ScheduledExecutorService clock;
    private final Executor workers;
    private final UnqueuedRequests unqueued;

    /** What is made of a body. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(byte[] body) throws ProblemException;
    }

    /**
     * For one listener.
     *
     * @param clock ends what takes too long
     * @param workers complete what has been ended
     */
    public RequestBodies(
            ConnectionLimits limits, ScheduledExecutorService clock, Executor workers, UnqueuedRequests unqueued) {
        this.limits = limits;
        this.memory = new MemoryBudget(limits.bodyMemory());
        this.clock = clock;
        this.workers = workers;
        this.unqueued = unqueued;
    }

    /**
     * Reads the body of a request that is handled asynchronously.
     *
     * @param limit bytes
     * @return fails with a {@link ProblemException} if the body is too large or too slow, is encoded, or cannot be read as
     *     what it should be
     */
    public <T> CompletableFuture<T> read(Context ctx, int limit, Reading<T> reading) {
        if (!isPresent(ctx)) {
            return read(new byte[0], reading);
        }
        String encoding = ctx.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return CompletableFuture.failedFuture(new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "the body must be sent as it is, without Content-Encoding"));
        }
        long announced = ctx.req().getContentLengthLong();
        // A client that expects 100 has sent nothing yet, and must not be asked to go on.
        if (announced > limit && (ctx.header("Expect") != null || announced > BodyReader.DRAINED_BYTES)) {
            return CompletableFuture.failedFuture(BodyReader.tooLarge(limit));
        }
        BodyReader<T> reader = new BodyReader<>(ctx, limit, limits.body(), memory, reading);
        CompletableFuture<T> result = reader.result();
        try {
            unqueued.add(result);
            reader.begin(clock, workers);
        } catch (IOException e) {
            reader.onError(e);
        }
        return result;
    }

    private static <T> CompletableFuture<T> read(byte[] body, Reading<T> reading) {
        try {
            return CompletableFuture.completedFuture(reading.read(body));
        } catch (ProblemException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Whether the request carries a body at all. */
    public static boolean isPresent(Context ctx) {
        return ctx.req().getContentLengthLong() > 0 || ctx.header("Transfer-Encoding") != null;
    }
}
