package dev.cadenza.server.http.access;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;

/** What a request says in {@code Authorization: Bearer ...}. */
final class BearerToken {
    private static final String SCHEME = "bearer ";

    private BearerToken() {}

    /** Empty if nothing is said, or something else. */
    static Optional<String> of(Context ctx) {
        String authorization = ctx.header("Authorization");
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.empty();
        }
        return Optional.of(authorization.substring(SCHEME.length()).strip()).filter(token -> !token.isEmpty());
    }
}
