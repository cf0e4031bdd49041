package dev.cadenza.server.http.jetty;

import dev.cadenza.console.ByteSize;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import io.javalin.http.Context;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** One body while it comes. */
final class BodyReader<T> implements ReadListener {
    /**
     * What is still read of a body that is too large. A connection closed with bytes unread is reset, and a client that
     * is still sending then loses the answer.
     */
    static final long DRAINED_BYTES = 8L << 20;

    private static final int READ_BYTES = 1 << 13;
    private static final int FREE_BYTES = 1 << 14;
    private static final long MIB = 1L << 20;

    private final Context ctx;
    private final int limit;
    private final Duration longest;
    private final MemoryBudget memory;
    private final RequestBodies.Reading<T> reading;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    /** Written by the thread that reads; there is one at a time. */
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private final long began = System.nanoTime();
    private @Nullable ServletInputStream in;
    private volatile @Nullable Future<?> alarm;
    private volatile long received;
    private long charged;
    private boolean tooLarge;

    BodyReader(Context ctx, int limit, Duration longest, MemoryBudget memory, RequestBodies.Reading<T> reading) {
        this.ctx = ctx;
        this.limit = limit;
        this.longest = longest;
        this.memory = memory;
        this.reading = reading;
        tooLarge = ctx.req().getContentLengthLong() > limit;
    }

    CompletableFuture<T> result() {
        return result;
    }

    void begin(ScheduledExecutorService clock, Executor workers) throws IOException {
        var unused = result.whenComplete((value, failure) -> end());
        setAlarm(clock, workers, longest.toNanos());
        ServletInputStream input = ctx.req().getInputStream();
        in = input;
        input.setReadListener(this);
    }

    private void setAlarm(ScheduledExecutorService clock, Executor workers, long nanos) {
        Future<?> set = clock.schedule(() -> check(clock, workers), nanos, TimeUnit.NANOSECONDS);
        alarm = set;
        if (result.isDone()) {
            set.cancel(false);
        }
    }

    private void check(ScheduledExecutorService clock, Executor workers) {
        long left = began + longest.toNanos() * (1 + received / MIB) - System.nanoTime();
        if (left > 0) {
            setAlarm(clock, workers, left);
        } else {
            workers.execute(() -> result.completeExceptionally(tooSlow()));
        }
    }

    private void end() {
        Future<?> set = alarm;
        if (set != null) {
            set.cancel(false);
        }
        synchronized (this) {
            memory.giveBack(charged);
            charged = 0;
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        ServletInputStream input = in;
        byte[] buffer = new byte[READ_BYTES];
        while (input != null && !result.isDone() && input.isReady() && !input.isFinished()) {
            int read = input.read(buffer);
            if (read < 0) {
                return;
            }
            long total = received + read;
            received = total;
            tooLarge |= total > limit;
            if (!tooLarge) {
                take(buffer, read);
            } else if (total > DRAINED_BYTES) {
                result.completeExceptionally(tooLarge(limit));
            }
        }
    }

    private synchronized void take(byte[] bytes, int count) {
        long wanted = Math.max(0, body.size() + count - FREE_BYTES) - charged;
        if (result.isDone()) {
            return;
        }
        if (!memory.take(wanted)) {
            result.completeExceptionally(ProblemException.retryable(
                    ProblemType.UNAVAILABLE, "too many large bodies are being sent; try again later", 1));
            return;
        }
        charged += wanted;
        body.write(bytes, 0, count);
    }

    @Override
    public void onAllDataRead() {
        if (tooLarge) {
            result.completeExceptionally(tooLarge(limit));
            return;
        }
        try {
            result.complete(reading.read(body.toByteArray()));
        } catch (ProblemException | RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        result.completeExceptionally(
                isTimeout(failure)
                        ? new ProblemException(ProblemType.REQUEST_TIMEOUT, "nothing of the body came for too long")
                        : failure);
    }

    private static boolean isTimeout(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException
                    || (cause instanceof HttpException http && http.getCode() == HttpStatus.REQUEST_TIMEOUT_408)) {
                return true;
            }
        }
        return false;
    }

    private ProblemException tooSlow() {
        return new ProblemException(
                ProblemType.REQUEST_TIMEOUT,
                "the body did not arrive within " + longest.toMillis() / 1e3
                        + " s, and as much again for each MiB of it");
    }

    static ProblemException tooLarge(int limit) {
        return new ProblemException(ProblemType.BODY_TOO_LARGE, "a body may have at most " + ByteSize.of(limit));
    }
}
