package dev.cadenza.server.http.access;

import dev.cadenza.server.http.jetty.RequestId;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;

/**
 * What pages of other servers may do in a browser.
 *
 * @param origins of the pages that may read answers, {@code *} for all; none: no page of another server
 */
record CrossOrigin(Set<String> origins) {
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

    /** Whether a browser asks beforehand what it may ask; it cannot send a key then. */
    boolean isPreflight(Context ctx) {
        return !origins.isEmpty()
                && ctx.req().getMethod().equals("OPTIONS")
                && ctx.header("Origin") != null
                && ctx.header("Access-Control-Request-Method") != null;
    }

    /** Says in headers what the page may do. */
    void answer(Context ctx) {
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
        if (isPreflight(ctx)) {
            ctx.header("Access-Control-Allow-Methods", "GET, HEAD, POST");
            ctx.header("Access-Control-Allow-Headers", "Authorization, Content-Type, If-None-Match, X-Request-Id");
            ctx.header("Access-Control-Max-Age", "600");
        }
    }
}
