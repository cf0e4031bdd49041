package dev.cadenza.onnx;

import dev.cadenza.engine.DaemonClock;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does something when a time is up, unless it is closed before. */
final class Alarm implements AutoCloseable {
    private static final ScheduledExecutorService CLOCK = DaemonClock.named("cadenza-load-limits");

    private final Future<?> task;
    private volatile boolean timeUp;

    Alarm(Duration after, Runnable then) {
        task = CLOCK.schedule(
                () -> {
                    timeUp = true;
                    then.run();
                },
                after.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    boolean isTimeUp() {
        return timeUp;
    }

    @Override
    public void close() {
        task.cancel(false);
    }
}
