package dev.cadenza.server.catalog;

import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.serving.VersionLoader;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads versions, each on a thread that can be left behind: native code that hangs cannot be stopped. The catalogue's
 * thread waits for a version until it is there, its time is up, or a command has come that shall not wait.
 */
final class Loads {
    private static final Logger LOG = LoggerFactory.getLogger(Loads.class);

    private final ModelRepository repository;
    private final VersionLoader loader;
    private final LoadMarks marks;
    private final Duration longest;
    private final Set<Loading> running = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private int commands;
    private boolean commandRunning;
    private long commandBegan;
    private boolean closed;

    Loads(ModelRepository repository, VersionLoader loader, LoadMarks marks, Duration longest) {
        this.repository = repository;
        this.loader = loader;
        this.marks = marks;
        this.longest = longest;
    }

    LoadMarks marks() {
        return marks;
    }

    /** Whether a thread is still loading it, though it was given up. */
    boolean isRunning(VersionId id) {
        return running.stream().anyMatch(loading -> loading.id().equals(id));
    }

    Loading begin(VersionId id) {
        Loading loading = new Loading(id, System.nanoTime() + longest.toNanos());
        running.add(loading);
        Thread thread = new Thread(() -> load(loading), "cadenza-load-" + id);
        thread.setDaemon(true);
        lower(thread);
        thread.start();
        return loading;
    }

    @SuppressWarnings(
            "ThreadPriorityCheck") // Where the JVM passes it on: what plays goes before what is still to play.
    private static void lower(Thread thread) {
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    private void load(Loading loading) {
        marks.begin(loading.id());
        try {
            loading.deliver(loader.load(repository.verify(loading.id())));
        } catch (Throwable e) {
            loading.fail(e);
        } finally {
            marks.end(loading.id());
            running.remove(loading);
            wake();
        }
    }

    private void wake() {
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    /**
     * Waits. False: it is not done yet, and there is something else to do first.
     *
     * @param wanted by the command that is being carried out: it goes before other commands
     */
    boolean await(Loading loading, boolean wanted) {
        synchronized (lock) {
            while (!loading.isDone()) {
                long left = loading.deadline() - System.nanoTime();
                if (left <= 0) {
                    loading.giveUp("loading it took longer than " + longest.toMillis() / 1e3 + " s");
                    LOG.warn("{}: loading does not end; its thread is abandoned", loading.id());
                } else if (closed || (!wanted && isBrokenOff(loading))) {
                    return false;
                } else {
                    try {
                        TimeUnit.NANOSECONDS.timedWait(lock, left);
                    } catch (InterruptedException e) {
                        LOG.debug("only close() ends this wait", e);
                    }
                }
            }
            return true;
        }
    }

    /** Whether the wait is broken off for a command; a command waits only for what it has begun itself. */
    private boolean isBrokenOff(Loading loading) {
        boolean begunBefore = loading.deadline() - longest.toNanos() - commandBegan < 0;
        return commandRunning ? begunBefore : commands > 0;
    }

    /** A command is about to wait for the catalogue's thread. */
    void commandArrives() {
        synchronized (lock) {
            commands++;
            lock.notifyAll();
        }
    }

    void commandBegins() {
        synchronized (lock) {
            commandRunning = true;
            commandBegan = System.nanoTime();
        }
    }

    void commandEnds() {
        synchronized (lock) {
            commands--;
            commandRunning = false;
        }
    }

    /** The command was refused before its turn came. */
    void commandLeaves() {
        synchronized (lock) {
            commands--;
        }
    }

    boolean isCommandRunning() {
        synchronized (lock) {
            return commandRunning;
        }
    }

    boolean hasCommands() {
        synchronized (lock) {
            return commands > 0;
        }
    }

    /** Ends every wait here; later ones end at once. */
    void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }

    /** Waits for what is still being loaded and was not given up; false if that takes longer. */
    boolean awaitEnd(Duration longestWait) {
        long end = System.nanoTime() + longestWait.toNanos();
        synchronized (lock) {
            try {
                for (long left = end - System.nanoTime(); isAnyAwaited() && left > 0; left = end - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return !isAnyAwaited();
    }

    private boolean isAnyAwaited() {
        return running.stream().anyMatch(loading -> !loading.isDone());
    }
}
