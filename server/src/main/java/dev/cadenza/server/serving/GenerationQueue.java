package dev.cadenza.server.serving;

import dev.cadenza.engine.DaemonClock;
import dev.cadenza.generation.step.StepTask;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.ModelRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who plays: a bounded number of streams of each version at once, a bounded number of requests waiting, the rest
 * is refused. Each client has a share of both, and those that wait are taken in turns, client by client. The playing
 * itself is done by the models' own threads.
 *
 * <p>A stream is a row of a model's runs: a request for four variations takes four. One for more
 * streams than a version has plays when nothing else of its version does. When a request's time is up it fails, even while it
 * is still in the queue.
 */
public final class GenerationQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GenerationQueue.class);
    private static final long LONGEST_STOP_SECONDS = 10;
    private static final double LONGEST_RETRY_SECONDS = 60;

    private final ScheduledExecutorService clock;
    private final Places places;
    private final int mostWaiting;
    private final Object lock = new Object();
    private final ClientStreams shares = new ClientStreams();
    private final FairQueue<QueuedRequest<?>> waiting =
            new FairQueue<>(queued -> queued.client().name());
    private int playing;
    private volatile boolean closed;
    private double meanSeconds = 1;

    /**
     * A queue.
     *
     * @param streams of a version that play at once, at least 1; of all versions together four times as many
     * @param waiting requests that may wait for their turn, at least 1
     */
    public GenerationQueue(int streams, int waiting) {
        if (streams < 1 || waiting < 1) {
            throw new IllegalArgumentException(
                    "streams (" + streams + ") and waiting (" + waiting + ") must be at least 1");
        }
        this.places = new Places(streams);
        this.mostWaiting = waiting;
        this.clock = DaemonClock.named("cadenza-deadlines");
    }

    /**
     * Has the work of a request played when its turn comes. The lease is closed here in any case.
     *
     * @param client whose request it is
     * @param wanted whether its answer is still wanted; asked before every run of the model
     * @return fails with a {@link ProblemException} when time runs out or the queue closes first
     * @throws ProblemException if too many are waiting already, or the client has its share
     */
    public <A> CompletableFuture<TimedResult<A>> submit(
            Client client, ModelRequest request, ModelLease lease, StepTask<A> work, BooleanSupplier wanted)
            throws ProblemException {
        QueuedRequest<A> queued =
                new QueuedRequest<>(client, request, lease, work, () -> !closed && wanted.getAsBoolean());
        boolean now;
        synchronized (lock) {
            now = waiting.stream().noneMatch(other -> other.version().equals(queued.version())) && fits(queued);
            ProblemException refusal = refusal(queued, now);
            if (refusal != null) {
                queued.fail(refusal);
                throw refusal;
            }
            if (now) {
                occupy(queued);
            } else {
                waiting.add(queued);
            }
            queued.setAlarm(
                    clock.schedule(() -> timeUp(queued), request.timeout().toMillis(), TimeUnit.MILLISECONDS));
        }
        if (now) {
            start(queued);
        }
        return queued.answer();
    }

    /**
     * Counts a request that waits for its model, before it can be submitted, as one of its client's streams.
     *
     * @return gives the place back; a second call does nothing
     * @throws ProblemException if the client has its share
     */
    public Runnable takeShare(Client client) throws ProblemException {
        synchronized (lock) {
            return shares.take(client, 1, secondsUntilRoom());
        }
    }

    /** Has the work of a request played at once and waits for it. The lease stays the caller's. */
    public static <A> TimedResult<A> play(ModelRequest request, ModelLease lease, StepTask<A> work)
            throws ProblemException {
        try {
            return new QueuedRequest<>(Client.unlimited(""), request, lease, work, () -> true)
                    .play()
                    .get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof TimeoutException) {
                throw QueueProblems.timeUp(request);
            }
            throw cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw QueueProblems.stopped();
        }
    }

    /** Streams that play now. */
    public int streams() {
        synchronized (lock) {
            return places.all();
        }
    }

    /** Requests that wait for their turn. */
    public int waiting() {
        synchronized (lock) {
            return waiting.size();
        }
    }

    /** Why the request is not taken; if it is taken, its streams are counted as the client's until it has left. */
    private @Nullable ProblemException refusal(QueuedRequest<?> queued, boolean now) {
        if (closed) {
            return QueueProblems.stopped();
        }
        if (!now && waiting.size() >= mostWaiting) {
            return busy();
        }
        try {
            queued.onLeaving(shares.take(queued.client(), queued.rows(), secondsUntilRoom()));
            return null;
        } catch (ProblemException e) {
            return e;
        }
    }

    private boolean fits(QueuedRequest<?> queued) {
        return places.fits(queued.version(), queued.rows());
    }

    private void occupy(QueuedRequest<?> queued) {
        places.occupy(queued.version(), queued.rows());
        playing++;
    }

    private <A> void start(QueuedRequest<A> queued) {
        CompletableFuture<TimedResult<A>> playing;
        try {
            playing = queued.play();
        } catch (RuntimeException | Error e) {
            playing = CompletableFuture.failedFuture(e);
        }
        // Every end is reported in here: nothing comes after it that could fail.
        var unused = playing.handle((played, failure) -> {
            makeRoom(queued, played);
            if (failure == null) {
                queued.finish(played);
            } else {
                queued.fail(QueueProblems.of(failure, queued.request(), closed));
            }
            startNext();
            return null;
        });
    }

    private void makeRoom(QueuedRequest<?> queued, @Nullable TimedResult<?> played) {
        synchronized (lock) {
            places.free(queued.version(), queued.rows());
            playing--;
            if (played != null) {
                meanSeconds = 0.9 * meanSeconds + 0.1 * played.played().toNanos() / 1e9;
            }
            lock.notifyAll();
        }
    }

    private void startNext() {
        while (true) {
            QueuedRequest<?> next;
            synchronized (lock) {
                next = firstThatFits();
                if (next == null) {
                    return;
                }
                waiting.take(next);
                occupy(next);
            }
            start(next);
        }
    }

    /** The first in the queue's order whose version has room; nothing overtakes what waits for the same version. */
    private @Nullable QueuedRequest<?> firstThatFits() {
        Set<VersionId> full = new HashSet<>();
        for (QueuedRequest<?> queued : waiting) {
            if (!full.contains(queued.version())) {
                if (fits(queued)) {
                    return queued;
                }
                full.add(queued.version());
            }
        }
        return null;
    }

    /** Its time is up; what is playing notices before its next run. */
    private void timeUp(QueuedRequest<?> queued) {
        boolean waited;
        synchronized (lock) {
            waited = waiting.remove(queued);
        }
        if (waited) {
            queued.fail(QueueProblems.timeUp(queued.request()));
            // It may have been the one that was too large for the room there is.
            startNext();
        } else {
            queued.giveUp(QueueProblems.timeUp(queued.request()));
        }
    }

    /** Ends what is playing within one step and refuses the rest. */
    @Override
    public void close() {
        List<QueuedRequest<?>> refused;
        synchronized (lock) {
            closed = true;
            refused = new ArrayList<>(waiting);
            waiting.clear();
        }
        refused.forEach(queued -> queued.fail(QueueProblems.stopped()));
        clock.shutdownNow();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_STOP_SECONDS);
        synchronized (lock) {
            try {
                for (long left = end - System.nanoTime(); playing > 0 && left > 0; left = end - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (playing > 0) {
                LOG.warn("a model did not finish its step within {} s", LONGEST_STOP_SECONDS);
            }
        }
    }

    private ProblemException busy() {
        return ProblemException.retryable(
                ProblemType.TOO_MANY_REQUESTS, mostWaiting + " requests are waiting already", secondsUntilRoom());
    }

    /** The time that the requests in the queue will take, from how long the last ones took. */
    private int secondsUntilRoom() {
        double seconds = meanSeconds * (waiting.size() + playing) / Math.max(1, playing);
        return (int) Math.max(1, Math.min(LONGEST_RETRY_SECONDS, Math.ceil(seconds)));
    }
}
