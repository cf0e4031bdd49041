package dev.cadenza.engine;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Does things later, on one daemon thread. */
public final class DaemonClock {
    private DaemonClock() {}

    /** A clock of its own, which forgets at once what is cancelled. */
    public static ScheduledExecutorService named(String thread) {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread daemon = new Thread(task, thread);
            daemon.setDaemon(true);
            return daemon;
        });
        // Otherwise what belongs to something that has ended stays until its time would have come.
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }
}
