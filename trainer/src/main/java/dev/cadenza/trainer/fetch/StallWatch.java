package dev.cadenza.trainer.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Reads a stream and fails when one read waits too long: {@link java.net.http.HttpClient} limits only the wait for the
 * headers. The read is ended by closing the stream below it. Closes the stream.
 */
final class StallWatch implements AutoCloseable {
    private final InputStream in;
    private final Duration longest;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "stall-watch");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean stalled;

    StallWatch(InputStream in, Duration longest) {
        this.in = in;
        this.longest = longest;
        timer.setRemoveOnCancelPolicy(true);
    }

    /** As {@link InputStream#read(byte[])}. */
    int read(byte[] buffer) throws IOException {
        ScheduledFuture<?> alarm = timer.schedule(this::expire, longest.toMillis(), TimeUnit.MILLISECONDS);
        try {
            int read = in.read(buffer);
            if (read < 0 && stalled) {
                throw tooLong();
            }
            return read;
        } catch (IOException e) {
            throw stalled ? tooLong() : e;
        } finally {
            alarm.cancel(false);
        }
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        in.close();
    }

    private void expire() {
        stalled = true;
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // kept by the future; the reader fails as stalled
        }
    }

    private HttpTimeoutException tooLong() {
        return new HttpTimeoutException("nothing arrived for " + longest.toMillis() / 1000.0 + " s");
    }
}
