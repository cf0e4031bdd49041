package dev.cadenza.server.http.jetty;

import java.time.Duration;

/**
 * What clients may ask of the server.
 *
 * @param bodyBytes largest body of a request, at least 1
 * @param streams of one version that play at once, at least 1, and four times as many of all versions together; a
 *     request for four variations is four
 * @param waiting requests that wait for their turn, at least 1
 * @param idle how long a connection may be silent while the server waits for it
 * @param heartbeat how long an event stream may be silent
 * @param stop how long running requests may still take when the server stops
 * @param connections what slow clients may cost
 */
public record HttpLimits(
        int bodyBytes,
        int streams,
        int waiting,
        Duration idle,
        Duration heartbeat,
        Duration stop,
        ConnectionLimits connections) {
    public HttpLimits {
        if (bodyBytes < 1) {
            throw new IllegalArgumentException("bodyBytes (" + bodyBytes + ") must be at least 1");
        }
    }

    /** With the standard limits of connections. */
    public HttpLimits(int bodyBytes, int streams, int waiting, Duration idle, Duration heartbeat, Duration stop) {
        this(bodyBytes, streams, waiting, idle, heartbeat, stop, ConnectionLimits.standard());
    }

    /** The same, but for what slow clients may cost. */
    public HttpLimits with(ConnectionLimits other) {
        return new HttpLimits(bodyBytes, streams, waiting, idle, heartbeat, stop, other);
    }

    /**
     * 1 MiB bodies, 64 streams, 256 waiting, 30 s idle, a heartbeat every 10 s; 25 s to stop, which is within the 30 s that
     * Kubernetes gives.
     */
    public static HttpLimits standard() {
        return new HttpLimits(1 << 20, 64, 256, Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(25));
    }
}
