package dev.cadenza.server.http.jetty;

import java.time.Duration;

/**
 * What one connection, and all of them together, may cost a listener. A client that is slower than this is cut off; no
 * thread waits for it meanwhile.
 *
 * @param connections that are open at once, at least 1; more wait until one is closed
 * @param headers from the first byte of a request until its headers are there; then it is answered 408
 * @param body from the end of the headers until the body is there; then it is answered 408. Each MiB that has come gives
 *     as much time again
 * @param unread how long an answer may wait for a reader who takes nothing of it; then the connection is closed
 * @param bodyMemory bytes of bodies that are held while they are read, all connections together; the first 16 KiB of each
 *     do not count. Who needs more is answered 503
 */
public record ConnectionLimits(int connections, Duration headers, Duration body, Duration unread, long bodyMemory) {
    public ConnectionLimits {
        if (connections < 1) {
            throw new IllegalArgumentException("connections (" + connections + ") must be at least 1");
        }
        if (bodyMemory < 0) {
            throw new IllegalArgumentException("bodyMemory (" + bodyMemory + ") must be at least 0");
        }
    }

    /** 4,096 connections, 10 s for headers, 30 s for a body, 30 s for an unread answer, 128 MiB of bodies. */
    public static ConnectionLimits standard() {
        return new ConnectionLimits(
                4096, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30), 128L << 20);
    }
}
