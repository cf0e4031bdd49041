package dev.cadenza.server.http.access;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request and how it was answered, for logs and counters.
 *
 * @param time of its arrival
 * @param listener {@code public} or {@code admin}
 * @param requestId as in the answer
 * @param method of HTTP
 * @param route the path with its variable parts in braces; empty if there is no such path
 * @param path as it was asked for, without the query
 * @param status of the answer
 * @param bytes of the answer's body
 * @param duration from the request's first byte to the answer's last
 * @param queued how long it waited for its turn; null if it did not
 * @param played how long it was played; null if it was not
 * @param model the version that was leased; null if none was
 * @param client the name of its API key; null if it has none
 * @param remote address of the client
 * @param userAgent as the client calls itself; null if it does not
 */
public record Exchange(
        Instant time,
        String listener,
        String requestId,
        String method,
        String route,
        String path,
        int status,
        long bytes,
        Duration duration,
        @Nullable Duration queued,
        @Nullable Duration played,
        @Nullable String model,
        @Nullable String client,
        String remote,
        @Nullable String userAgent) {}
