package dev.cadenza.onnx;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does something when a time is up, unless it is closed before. */
final class Alarm implements AutoCloseable {
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final Future<?> task;
    private volatile boolean rang;

    Alarm(Duration after, Runnable then) {
        task = CLOCK.schedule(
                () -> {
                    rang = true;
                    then.run();
                },
                after.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "cadenza-load-limits");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    boolean rang() {
        return rang;
    }

    @Override
    public void close() {
        task.cancel(false);
    }
}
