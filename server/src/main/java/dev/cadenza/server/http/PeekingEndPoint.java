package dev.cadenza.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
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
 * <p>A client that closes its sending side is taken to be gone, as nginx does.
 */
final class PeekingEndPoint extends SocketChannelEndPoint {
    private static final Logger LOG = LoggerFactory.getLogger(PeekingEndPoint.class);
    private static final int MOST_PEEKED = 1 << 12;

    private final Executor executor;
    private final ByteBuffer peeked = BufferUtil.allocate(MOST_PEEKED);
    private boolean gone;

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
