package dev.cadenza.server.http.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that can be asked, while its request is being answered, whether the client is still there. Jetty reads
 * nothing of a connection in that time, so that it would only notice when it writes. What has come meanwhile, the
 * beginning of the next request, is kept for Jetty.
 *
 * <p>A client that closes its sending side is taken to be gone, as nginx does. It also knows whether an answer waits for a
 * client that does not read.
 */
final class PeekingEndPoint extends SocketChannelEndPoint {
    private static final Logger LOG = LoggerFactory.getLogger(PeekingEndPoint.class);
    private static final int MOST_PEEKED = 1 << 12;
    /** In the time that an answer may wait: less than a client takes that reads a stream at the pace of slow music. */
    private static final int LEAST_WRITTEN = 1 << 12;

    private final Executor executor;
    private final ByteBuffer peeked = BufferUtil.allocate(MOST_PEEKED);
    private boolean gone;

    /** Bytes that the connection has taken, ever, and when it last took one. */
    private final AtomicLong written = new AtomicLong();

    private volatile long lastWritten = System.nanoTime();
    /** For isUnread alone: since when an answer waits, 0 if none does; since when its bytes are counted, and those before. */
    private long waitingSince;

    private long countedSince;
    private long writtenBefore;

    PeekingEndPoint(
            SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler, Executor executor) {
        super(channel, selector, key, scheduler);
        this.executor = executor;
    }

    /** Whether the client has closed the connection, or its sending side. */
    boolean isClientGone() {
        synchronized (peeked) {
            if (gone || !isOpen()) {
                return true;
            }
            if (peeked.hasRemaining()) {
                // It has asked for something else and cannot have closed before that.
                return false;
            }
            try {
                gone = super.fill(peeked) < 0;
            } catch (IOException e) {
                LOG.debug("the connection is broken", e);
                gone = true;
            }
            if (peeked.hasRemaining() && getFillInterest().isInterested()) {
                // The answer was finished just now, and Jetty waits for what has come already.
                executor.execute(getFillInterest()::fillable);
            }
            return gone;
        }
    }

    /**
     * Whether an answer waits for a client that has taken nothing for so long, or next to nothing; said once in that time. For
     * one thread, which asks again and again.
     */
    boolean isUnread(Duration longest) {
        long now = System.nanoTime();
        if (!getWriteFlusher().isPending()) {
            waitingSince = 0;
            return false;
        }
        if (waitingSince == 0) {
            waitingSince = now | 1;
            countedSince = now;
            writtenBefore = written.get();
        }
        long time = longest.toNanos();
        if (now - waitingSince > time && now - lastWritten > time) {
            waitingSince = 0;
            return true;
        }
        if (now - countedSince > time) {
            if (written.get() - writtenBefore < LEAST_WRITTEN) {
                waitingSince = 0;
                return true;
            }
            countedSince = now;
            writtenBefore = written.get();
        }
        return false;
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        long before = BufferUtil.remaining(buffers);
        boolean all = super.flush(buffers);
        long taken = before - BufferUtil.remaining(buffers);
        if (taken > 0) {
            written.addAndGet(taken);
            lastWritten = System.nanoTime();
        }
        return all;
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        synchronized (peeked) {
            if (!peeked.hasRemaining()) {
                return super.fill(buffer);
            }
            int position = BufferUtil.flipToFill(buffer);
            int filled = BufferUtil.put(peeked, buffer);
            BufferUtil.flipToFlush(buffer, position);
            if (!peeked.hasRemaining()) {
                BufferUtil.clear(peeked);
            }
            return filled;
        }
    }

    @Override
    protected void needsFillInterest() {
        synchronized (peeked) {
            if (peeked.hasRemaining()) {
                executor.execute(getFillInterest()::fillable);
                return;
            }
        }
        super.needsFillInterest();
    }
}
