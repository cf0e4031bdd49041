package dev.cadenza.server.http.jetty;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks through the connections of a listener, again and again, for those whose time is up. */
final class ConnectionWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatch.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
    private static final int LOOKS = 8;

    private final Connector connector;
    private final ConnectionLimits limits;

    ConnectionWatch(Connector connector, ConnectionLimits limits) {
        this.connector = connector;
        this.limits = limits;
    }

    /** Time between two looks. */
    Duration pause() {
        Duration shortest = limits.headers().compareTo(limits.unread()) < 0 ? limits.headers() : limits.unread();
        Duration pause = shortest.dividedBy(LOOKS).plusMillis(1);
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    @Override
    public void run() {
        try {
            for (EndPoint endPoint : connector.getConnectedEndPoints()) {
                if (endPoint instanceof PeekingEndPoint peeking && peeking.isUnread(limits.unread())) {
                    // The writer of the answer gets the exception, which may take a while.
                    connector
                            .getExecutor()
                            .execute(() -> endPoint.close(new TimeoutException("the client does not read the answer")));
                } else if (endPoint.getConnection() instanceof RequestConnection connection) {
                    connection.checkHeaders();
                }
            }
        } catch (RuntimeException e) {
            // Otherwise it would be the last look.
            LOG.error("the check of the connections failed", e);
        }
    }
}
