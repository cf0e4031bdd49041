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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that looks, waits for what is loaded and carries out commands, one thing after the other. A look makes
 * way for a command; a command that another one keeps waiting too long is refused.
 */
final class LoaderThread {
    private static final Logger LOG = LoggerFactory.getLogger(LoaderThread.class);
    private static final long LONGEST_STOP_SECONDS = 30;
    private static final long LONGEST_QUEUE_SECONDS = 10;

    /** What a command does. */
    @FunctionalInterface
    interface Command {
        void carryOut() throws ProblemException;
    }

    private final Loads loads;
    private final ScheduledThreadPoolExecutor executor;
    private final CountDownLatch first = new CountDownLatch(1);

    @SuppressWarnings("ThreadPriorityCheck")
    LoaderThread(String name, Loads loads) {
        this.loads = loads;
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

    /** The same, if there is still time for it. */
    void tryExecute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed already", e);
        }
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

    /**
     * Begins the first look at everything.
     *
     * @param look false if it made way for a command and must be done again
     */
    void begin(BooleanSupplier look) {
        executor.execute(() -> {
            boolean whole = true;
            try {
                whole = look.getAsBoolean();
            } finally {
                if (whole) {
                    first.countDown();
                }
            }
            if (!whole && !executor.isShutdown()) {
                begin(look);
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
    void repeat(BooleanSupplier look, Duration every) {
        var unused = executor.scheduleWithFixedDelay(
                () -> lookSafely(look), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookSafely(BooleanSupplier look) {
        try {
            if (!look.getAsBoolean() && !executor.isShutdown()) {
                executor.execute(() -> lookSafely(look));
            }
        } catch (RuntimeException | Error e) {
            LOG.error("the check of the models folder failed; it will be repeated", e);
        }
    }

    /**
     * Carries a command out and returns.
     *
     * @throws ProblemException if the command fails, or has to wait too long for its turn; then nothing was changed
     */
    void carryOut(Command command) throws ProblemException {
        AtomicBoolean begun = new AtomicBoolean();
        CountDownLatch turn = new CountDownLatch(1);
        loads.commandArrives();
        Future<Boolean> task;
        try {
            task = executor.submit(() -> {
                if (begun.compareAndSet(false, true)) {
                    turn.countDown();
                    loads.commandBegins();
                    try {
                        command.carryOut();
                    } finally {
                        loads.commandEnds();
                    }
                }
                return true;
            });
        } catch (RejectedExecutionException e) {
            loads.commandLeaves();
            throw ProblemException.retryable(ProblemType.UNAVAILABLE, "the server is shutting down", 1);
        }
        if (!awaitTurn(turn) && begun.compareAndSet(false, true)) {
            loads.commandLeaves();
            throw ProblemException.retryable(
                    ProblemType.UNAVAILABLE, "another command is still being carried out; nothing was changed", (int)
                            LONGEST_QUEUE_SECONDS);
        }
        try {
            await(task);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static boolean awaitTurn(CountDownLatch turn) {
        try {
            return turn.await(LONGEST_QUEUE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits without end: what was begun is carried out, whether or not its caller was interrupted. */
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

    /** Ends every wait for a version that is being loaded. */
    void stopWaiting() {
        loads.close();
        first.countDown();
    }

    /** Lets what is being loaded come to its end; then nothing more but this, which is the last. */
    void close(Runnable last) {
        stopWaiting();
        if (!loads.awaitEnd(Duration.ofSeconds(LONGEST_STOP_SECONDS))) {
            LOG.warn("a model was still being loaded after {} s", LONGEST_STOP_SECONDS);
        }
        tryExecute(last);
        executor.shutdown();
        try {
            if (!executor.awaitTermination(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the models folder was still being checked after {} s", LONGEST_STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
