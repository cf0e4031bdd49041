package dev.cadenza.server.http.answer;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@code text/event-stream}, written without waiting for the client: what is sent waits here until the connection
 * takes it. A reader who lets too much wait is given up. Safe for use from many threads.
 */
public final class EventStream implements WriteListener {
    static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.US_ASCII);

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final int MOST_BACKLOG_BYTES = 8 << 20;
    private static final int WRITE_BYTES = 1 << 14;

    private final Executor writers;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Object lock = new Object();
    private final Deque<byte[]> backlog = new ArrayDeque<>();
    private long backlogBytes;
    private boolean scheduled;
    private boolean ended;
    private volatile boolean open = true;

    /** For the writer alone: no other thread may call the stream. */
    private final Object writing = new Object();

    private @Nullable ServletOutputStream out;
    private boolean unflushed;

    /** @param writers run what may have to wait for locks of the connection */
    public EventStream(Executor writers) {
        this.writers = writers;
    }

    /**
     * Begins to write what was and will be sent.
     *
     * @param output of a request that is handled asynchronously
     */
    public void attach(ServletOutputStream output) {
        synchronized (writing) {
            out = output;
        }
        output.setWriteListener(this);
    }

    /** Sends an event with one line of JSON. */
    public void send(String event, byte[] json) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(json.length + 32);
        text.writeBytes(("event: " + event + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
        text.writeBytes(json);
        text.writeBytes(new byte[] {'\n', '\n'});
        enqueue(text.toByteArray());
    }

    /** Sends a comment, which clients pass over, if nothing else waits to be sent. */
    public void heartbeat() {
        synchronized (lock) {
            if (ended || !backlog.isEmpty()) {
                return;
            }
        }
        enqueue(HEARTBEAT);
    }

    /** Sends a last event and ends the stream. */
    public void end(String event, byte[] json) {
        send(event, json);
        synchronized (lock) {
            ended = true;
        }
        schedule();
    }

    /** Sends a last event in place of all that still waits, and ends the stream. */
    public void cutShort(String event, byte[] json) {
        synchronized (lock) {
            backlog.clear();
            backlogBytes = 0;
        }
        end(event, json);
    }

    /** Whether the client is still there. */
    public boolean isOpen() {
        return open;
    }

    /** Whether the reader is so slow that it is better to give up. */
    public boolean isOverfull() {
        synchronized (lock) {
            return backlogBytes > MOST_BACKLOG_BYTES;
        }
    }

    /** Completes when everything has been written, or the client is gone. */
    public CompletableFuture<Void> done() {
        return done;
    }

    private void enqueue(byte[] bytes) {
        synchronized (lock) {
            if (!open || ended) {
                return;
            }
            backlog.add(bytes);
            backlogBytes += bytes.length;
        }
        schedule();
    }

    private void schedule() {
        synchronized (lock) {
            if (scheduled || !open) {
                return;
            }
            scheduled = true;
        }
        writers.execute(() -> {
            synchronized (lock) {
                scheduled = false;
            }
            write();
        });
    }

    @Override
    public void onWritePossible() {
        write();
    }

    /** Writes while the connection takes it; when it does not, it calls {@link #onWritePossible} as soon as it does. */
    private void write() {
        synchronized (writing) {
            ServletOutputStream output = out;
            if (output == null) {
                return;
            }
            try {
                while (open && output.isReady()) {
                    byte[] next = next();
                    if (next.length > 0) {
                        output.write(next);
                        unflushed = true;
                    } else if (unflushed) {
                        unflushed = false;
                        output.flush();
                    } else {
                        endIfAllIsWritten();
                        return;
                    }
                }
            } catch (IOException e) {
                onError(e);
            }
        }
    }

    private byte[] next() {
        synchronized (lock) {
            ByteArrayOutputStream together = new ByteArrayOutputStream();
            while (!backlog.isEmpty() && together.size() < WRITE_BYTES) {
                together.writeBytes(backlog.remove());
            }
            backlogBytes -= together.size();
            return together.toByteArray();
        }
    }

    private void endIfAllIsWritten() {
        synchronized (lock) {
            if (!ended || !backlog.isEmpty()) {
                return;
            }
            open = false;
        }
        done.complete(null);
    }

    @Override
    public void onError(Throwable failure) {
        LOG.debug("the client does not read the stream any more", failure);
        synchronized (lock) {
            open = false;
            backlog.clear();
            backlogBytes = 0;
        }
        done.complete(null);
    }
}
