package dev.cadenza.server.catalog;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that looks, loads and carries out orders, one thing after the other. */
final class LoaderThread {
    private static final Logger LOG = LoggerFactory.getLogger(LoaderThread.class);
    private static final long LONGEST_STOP_SECONDS = 30;

    /** What an order does. */
    @FunctionalInterface
    interface Order {
        void carryOut() throws ProblemException;
    }

    private final ScheduledThreadPoolExecutor executor;
    private final CountDownLatch first = new CountDownLatch(1);

    @SuppressWarnings("ThreadPriorityCheck")
    LoaderThread(String name) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            // Where the JVM passes it on: what plays goes before what is still to play.
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
        });
    }

    /** Will do it after what was to be done before. */
    void execute(Runnable task) {
        executor.execute(task);
    }

    /** Does it and returns. */
    void run(Runnable task) {
        call(() -> {
            task.run();
            return true;
        });
    }

    /** Does it and returns what comes of it. */
    <T> T call(Supplier<T> task) {
        try {
            return await(executor.submit(task::get));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Begins the first look at everything. */
    void begin(Runnable look) {
        executor.execute(() -> {
            try {
                look.run();
            } finally {
                first.countDown();
            }
        });
    }

    boolean isFirstDone() {
        return first.getCount() == 0;
    }

    /** Waits for the end of the first look; false if that takes longer. */
    boolean awaitFirst(Duration longest) {
        try {
            return first.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Looks again and again; a look that fails does not end that. */
    void repeat(Runnable look, Duration every) {
        Runnable safe = () -> {
            try {
                look.run();
            } catch (RuntimeException | Error e) {
                LOG.error("a look at the models folder failed; there will be another", e);
            }
        };
        var unused = executor.scheduleWithFixedDelay(safe, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Carries an order out and returns. */
    void carryOut(Order order) throws ProblemException {
        try {
            await(executor.submit(() -> {
                order.carryOut();
                return true;
            }));
        } catch (RejectedExecutionException e) {
            throw ProblemException.retryable(ProblemType.UNAVAILABLE, "the server is shutting down", 1);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Waits without end: what was begun is carried out, whoever has lost patience. */
    private static <T> T await(Future<T> task) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Nothing more but this, which is the last. */
    void close(Runnable last) {
        try {
            executor.execute(last);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed already", e);
        }
        executor.shutdown();
        first.countDown();
        try {
            if (!executor.awaitTermination(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a model was still being loaded after {} s", LONGEST_STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
