package dev.cadenza.server.http;

import java.time.Duration;

/**
 * What strangers may ask of the server.
 *
 * @param bodyBytes largest body of a request, at least 1
 * @param playing requests that play at once, at least 1
 * @param waiting requests that wait for their turn, at least 1
 * @param idle how long a connection may say nothing while the server waits for it
 * @param stop how long running requests may still take when the server stops
 */
public record HttpLimits(int bodyBytes, int playing, int waiting, Duration idle, Duration stop) {
    public HttpLimits {
        if (bodyBytes < 1) {
            throw new IllegalArgumentException("bodyBytes (" + bodyBytes + ") must be at least 1");
        }
    }

    /**
     * 1 MiB bodies, one playing request a core, 256 waiting, 30 s idle; 25 s to stop, which is within the 30 s that
     * Kubernetes gives.
     */
    public static HttpLimits standard() {
        return new HttpLimits(
                1 << 20,
                Runtime.getRuntime().availableProcessors(),
                256,
                Duration.ofSeconds(30),
                Duration.ofSeconds(25));
    }
}
