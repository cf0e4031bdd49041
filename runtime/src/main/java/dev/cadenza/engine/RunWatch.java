package dev.cadenza.engine;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices a run that does not come back. It looks several times within the limit and counts the looks at the same run, so
 * that a process that was stopped for a while and goes on finds no run overdue.
 */
final class RunWatch {
    private static final int LOOKS = 8;
    private static final ScheduledExecutorService CLOCK = DaemonClock.named("cadenza-run-watch");

    private final Duration limit;
    /** Odd while something runs. */
    private volatile long run;

    private long seen;
    private int looks;
    private @Nullable Future<?> looking;

    RunWatch(Duration limit) {
        this.limit = limit;
    }

    Duration limit() {
        return limit;
    }

    /**
     * Begins to look.
     *
     * @param overdue called once, from a thread of its own
     */
    synchronized void begin(String name, Runnable overdue) {
        long every = Math.max(1, limit.toNanos() / LOOKS);
        looking = CLOCK.scheduleWithFixedDelay(() -> look(name, overdue), every, every, TimeUnit.NANOSECONDS);
    }

    private synchronized void look(String name, Runnable overdue) {
        long now = run;
        looks = now % 2 != 0 && now == seen ? looks + 1 : 0;
        seen = now;
        if (looks >= LOOKS && looking != null) {
            end();
            Thread thread = new Thread(overdue, "cadenza-overdue-" + name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    synchronized void end() {
        if (looking != null) {
            looking.cancel(false);
            looking = null;
        }
    }

    /** Only the engine's thread calls this, before and after each run. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
    void turn() {
        run++;
    }
}
