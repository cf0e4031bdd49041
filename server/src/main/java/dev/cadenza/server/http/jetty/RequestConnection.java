package dev.cadenza.server.http.jetty;

import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose requests have to bring all their headers within a time, from the first byte after the request before,
 * be it of a blank line. Jetty's idle timeout alone does not see to that: one byte every few seconds begins it anew.
 */
final class RequestConnection extends HttpConnection {
    private final Duration headers;
    private @Nullable RequestHandler handler;
    /** When the parser last stood at the beginning of a request, with or without a byte of it; 0: it is in a body. */
    private volatile long headersSince;
    /** When the first byte after the last request came, as far as the parser was asked since; 0: there is none yet. */
    private volatile long firstByteAt;
    /** How many bytes had come by the end of the last request. */
    private volatile long bytesBefore;

    private final AtomicBoolean ending = new AtomicBoolean();

    RequestConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint, Duration headers) {
        super(configuration, connector, endPoint);
        this.headers = headers;
    }

    @Override
    protected RequestHandler newRequestHandler() {
        // Called by the constructor above, before any field of this class has a value.
        RequestHandler made = new RequestHandler() {
            @Override
            public void messageBegin() {
                // After each blank line it begins anew.
                long now = System.nanoTime() | 1;
                headersSince = now;
                if (firstByteAt == 0 && getBytesIn() > bytesBefore) {
                    firstByteAt = now;
                }
                super.messageBegin();
            }

            @Override
            public boolean headerComplete() {
                headersSince = 0;
                firstByteAt = 0;
                bytesBefore = getBytesIn();
                return super.headerComplete();
            }

            @Override
            public boolean messageComplete() {
                firstByteAt = 0;
                bytesBefore = getBytesIn();
                return super.messageComplete();
            }
        };
        handler = made;
        return made;
    }

    /** Ends a request whose headers take too long, on a thread that may write the answer. */
    void checkHeaders() {
        if (isLate() && ending.compareAndSet(false, true)) {
            getExecutor().execute(() -> {
                ending.set(false);
                // Only if the connection waits for bytes; then it is this thread's until it waits again.
                ((PeekingEndPoint) getEndPoint()).getFillInterest().onFail(new LateHeaders());
            });
        }
    }

    private boolean isLate() {
        long since = firstByteAt;
        if (since == 0 && !getParser().isStart()) {
            // It came together with the request before. One that stands at the beginning waits for its next request.
            since = headersSince;
        }
        return since != 0 && System.nanoTime() - since > headers.toNanos();
    }

    @Override
    public void onFillInterestedFailed(Throwable cause) {
        RequestHandler requests = handler;
        if (!(cause instanceof LateHeaders) || requests == null) {
            super.onFillInterestedFailed(cause);
        } else if (isLate()) {
            headersSince = 0;
            firstByteAt = 0;
            getParser().close();
            requests.badMessage(new HttpException.RuntimeException(HttpStatus.REQUEST_TIMEOUT_408));
        } else {
            // They came in the last moment, and by now the connection waits for something else.
            fillInterested();
        }
    }

    private static final class LateHeaders extends TimeoutException {
        @Serial
        private static final long serialVersionUID = 1L;
    }
}
