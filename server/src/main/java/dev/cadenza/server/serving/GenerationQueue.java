package dev.cadenza.server.serving;

import dev.cadenza.generation.Deadline;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.ModelRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays requests on threads of its own: a fixed number at once, a bounded number waiting, the rest is refused. A request
 * is one loop over its model, so its result does not depend on what else is playing.
 *
 * <p>Whoever waits for an answer gets one when the request's time is up, even while it is still in the queue.
 */
public final class GenerationQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GenerationQueue.class);
    private static final long LONGEST_STOP_SECONDS = 10;
    private static final double LONGEST_RETRY_SECONDS = 60;

    private final ThreadPoolExecutor players;
    private final ScheduledThreadPoolExecutor clock;
    private final int playing;
    private final int waiting;
    private volatile boolean closed;
    /** A guess that several players may overwrite; nothing depends on it but advice. */
    private volatile double meanSeconds = 1;

    /**
     * A queue with its own threads.
     *
     * @param playing how many requests play at once, at least 1
     * @param waiting how many more may wait for their turn, at least 1
     */
    public GenerationQueue(int playing, int waiting) {
        if (playing < 1 || waiting < 1) {
            throw new IllegalArgumentException(
                    "playing (" + playing + ") and waiting (" + waiting + ") must be at least 1");
        }
        this.playing = playing;
        this.waiting = waiting;
        AtomicInteger number = new AtomicInteger();
        this.players = new ThreadPoolExecutor(
                playing, playing, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), task -> {
                    Thread thread = new Thread(task, "cadenza-player-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        this.clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "cadenza-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        // Otherwise the prompts of finished requests stay until their time would have run out.
        clock.setRemoveOnCancelPolicy(true);
    }

    /**
     * Does the work of a request when its turn comes. The lease is closed here in any case.
     *
     * @return fails with a {@link ProblemException} when time runs out or the queue closes first
     * @throws ProblemException if too many are waiting already
     */
    public <A> CompletableFuture<Played<A>> submit(ModelRequest request, ModelLease lease, Work<A> work)
            throws ProblemException {
        Turn<A> turn = new Turn<>(request, lease, work);
        try {
            turn.alarm = clock.schedule(turn::timeUp, request.timeout().toMillis(), TimeUnit.MILLISECONDS);
            players.execute(turn);
            return turn.answer;
        } catch (RejectedExecutionException e) {
            turn.leave();
            throw closed ? stopped() : busy();
        }
    }

    /** Does the work of a request on the caller's thread. */
    public static <A> Played<A> play(ModelRequest request, ModelLease lease, Work<A> work) throws ProblemException {
        return play(request, lease, work, Deadline.after(request.timeout()), () -> true, System.nanoTime());
    }

    private static <A> Played<A> play(
            ModelRequest request,
            ModelLease lease,
            Work<A> work,
            Deadline deadline,
            BooleanSupplier wanted,
            long arrived)
            throws ProblemException {
        long start = System.nanoTime();
        try {
            A answer = work.play(lease, deadline, wanted);
            return new Played<>(answer, Duration.ofNanos(start - arrived), Duration.ofNanos(System.nanoTime() - start));
        } catch (TimeoutException e) {
            throw timeUp(request);
        }
    }

    /** Ends what is playing within one step and refuses the rest. */
    @Override
    public void close() {
        closed = true;
        // Not shutdownNow: a step is not to be interrupted, the next one is simply not made.
        players.shutdown();
        List<Runnable> waitingTurns = new ArrayList<>();
        players.getQueue().drainTo(waitingTurns);
        waitingTurns.forEach(turn -> ((Turn<?>) turn).refuse());
        clock.shutdownNow();
        try {
            if (!players.awaitTermination(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a model did not finish its step within {} s", LONGEST_STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProblemException timeUp(ModelRequest request) {
        return new ProblemException(
                ProblemType.DEADLINE_EXCEEDED,
                "the piece was not finished within " + request.timeout().toMillis()
                        + " ms; ask for less, or give a larger timeout_ms");
    }

    /** The time that the requests in the queue will take, from how long the last ones took. */
    private ProblemException busy() {
        double seconds = meanSeconds * (waiting + playing) / playing;
        return ProblemException.retryable(
                ProblemType.TOO_MANY_REQUESTS, waiting + " requests are waiting already", (int)
                        Math.max(1, Math.min(LONGEST_RETRY_SECONDS, Math.ceil(seconds))));
    }

    private void learn(Duration played) {
        meanSeconds = 0.9 * meanSeconds + 0.1 * played.toNanos() / 1e9;
    }

    private static ProblemException stopped() {
        return ProblemException.retryable(ProblemType.UNAVAILABLE, "the server is shutting down", 1);
    }

    /** One request's way through the queue. It ends once: played, refused, or out of time before its turn came. */
    private final class Turn<A> implements Runnable {
        private final ModelRequest request;
        private final ModelLease lease;
        private final Work<A> work;
        private final CompletableFuture<Played<A>> answer = new CompletableFuture<>();
        private final Deadline deadline;
        private final long arrived = System.nanoTime();
        private @Nullable ScheduledFuture<?> alarm;

        Turn(ModelRequest request, ModelLease lease, Work<A> work) {
            this.request = request;
            this.lease = lease;
            this.work = work;
            this.deadline = Deadline.after(request.timeout());
        }

        @Override
        public void run() {
            // Whoever asked must hear of every end, an Error too; so the answer is given after the lease is back.
            try {
                Played<A> played = play();
                learn(played.played());
                answer.complete(played);
            } catch (CancellationException e) {
                answer.completeExceptionally(stopped());
            } catch (ProblemException | RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        }

        private Played<A> play() throws ProblemException {
            try {
                return GenerationQueue.play(request, lease, work, deadline, () -> !closed && !answer.isDone(), arrived);
            } finally {
                leave();
            }
        }

        /** Nobody waits any more; if the turn has not come, the place in the queue is free again. */
        void timeUp() {
            if (players.remove(this)) {
                leave();
            }
            answer.completeExceptionally(GenerationQueue.timeUp(request));
        }

        void refuse() {
            leave();
            answer.completeExceptionally(stopped());
        }

        void leave() {
            lease.close();
            if (alarm != null) {
                alarm.cancel(false);
            }
        }
    }
}
