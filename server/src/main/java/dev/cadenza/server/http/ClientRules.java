package dev.cadenza.server.http;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which clients the public listener answers.
 *
 * @param keys who may use {@code /v1}; null: everybody
 * @param rate of each address without a key; null: as often as it likes
 * @param trustForwardedFor whether the last address in X-Forwarded-For is the client's, as a proxy of one's own writes
 *     it
 * @param origins pages that may read answers in a browser, {@code *} for all; none: no page of another server
 */
public record ClientRules(@Nullable ApiKeys keys, @Nullable Rate rate, boolean trustForwardedFor, Set<String> origins) {
    /** Everybody, as often as they like; no page of another server. */
    public static final ClientRules OPEN = new ClientRules(null, null, false, Set.of());

    private static final String SCHEME = "bearer ";
    private static final String EXPOSED = String.join(
            ", ",
            List.of(
                    "X-Model",
                    "X-Model-Sha256",
                    "X-Seed",
                    "X-Warnings",
                    "X-Shortened",
                    RequestId.HEADER,
                    "Server-Timing",
                    "ETag",
                    "Retry-After",
                    "Content-Disposition"));

    /**
     * Looks at a request before anything else does.
     *
     * @throws ProblemException if it is not to be answered
     */
    void check(Context ctx, TokenBuckets buckets) throws ProblemException {
        ExchangeNotes notes = ExchangeNotes.of(ctx);
        String address = address(ctx);
        notes.setRemote(address);
        allowOrigin(ctx);
        if (!ctx.path().startsWith("/v1/") || ctx.req().getMethod().equals("OPTIONS")) {
            return;
        }
        Rate limit = rate;
        String bucket = "address " + address;
        if (keys != null) {
            ApiKeys.ApiKey key = key(ctx, keys);
            notes.setClient(key.name());
            limit = key.rate();
            bucket = "key " + key.name();
        }
        if (limit != null) {
            int wait = buckets.take(bucket, limit);
            if (wait > 0) {
                throw ProblemException.retryable(
                        ProblemType.TOO_MANY_REQUESTS,
                        "more requests than the " + String.format(Locale.ROOT, "%.0f", Math.ceil(limit.perMinute()))
                                + " a minute that are allowed",
                        wait);
            }
        }
    }

    private static ApiKeys.ApiKey key(Context ctx, ApiKeys keys) throws ProblemException {
        String authorization = ctx.header("Authorization");
        if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            var key = keys.find(authorization.substring(SCHEME.length()).strip());
            if (key.isPresent()) {
                return key.get();
            }
        }
        ctx.header("WWW-Authenticate", "Bearer realm=\"cadenza\"");
        throw new ProblemException(ProblemType.UNAUTHORIZED, "an API key is wanted: Authorization: Bearer ...");
    }

    private String address(Context ctx) {
        if (trustForwardedFor) {
            // A proxy may write a line of its own below those that came to it.
            String forwarded = String.join(",", Collections.list(ctx.req().getHeaders("X-Forwarded-For")));
            if (!forwarded.isEmpty()) {
                // What stands before the last address was written by whoever likes.
                String last =
                        forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
                if (last.matches("[0-9A-Fa-f.:\\[\\]]{2,47}")) {
                    return last;
                }
            }
        }
        return ctx.req().getRemoteAddr();
    }

    private void allowOrigin(Context ctx) {
        if (origins.isEmpty()) {
            return;
        }
        boolean anybody = origins.contains("*");
        if (!anybody) {
            ctx.res().addHeader("Vary", "Origin");
        }
        String origin = ctx.header("Origin");
        if (origin == null || !(anybody || origins.contains(origin))) {
            return;
        }
        ctx.header("Access-Control-Allow-Origin", anybody ? "*" : origin);
        ctx.header("Access-Control-Expose-Headers", EXPOSED);
        if (ctx.req().getMethod().equals("OPTIONS") && ctx.header("Access-Control-Request-Method") != null) {
            ctx.header("Access-Control-Allow-Methods", "GET, HEAD, POST");
            ctx.header("Access-Control-Allow-Headers", "Authorization, Content-Type, If-None-Match, X-Request-Id");
            ctx.header("Access-Control-Max-Age", "600");
        }
    }
}
