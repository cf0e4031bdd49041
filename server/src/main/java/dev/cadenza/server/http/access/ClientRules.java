package dev.cadenza.server.http.access;

import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which clients the public listener answers.
 *
 * @param keys who may use {@code /v1}, as it stands now; null: no key is needed
 * @param rate of each address without a key; null: no limit
 * @param trustForwardedFor whether the last address in X-Forwarded-For is the client's, as a proxy of one's own writes
 *     it
 * @param origins pages that may read answers in a browser, {@code *} for all; none: no page of another server
 * @param streamsPerClient that run and wait at once, at least 1
 */
public record ClientRules(
        @Nullable Supplier<ApiKeys> keys,
        @Nullable Rate rate,
        boolean trustForwardedFor,
        Set<String> origins,
        int streamsPerClient) {
    public static final int STREAMS_PER_CLIENT = 16;

    /** All clients without a limit; no page of another server. */
    public static final ClientRules OPEN = new ClientRules(null, null, false, Set.of(), STREAMS_PER_CLIENT);
}
