package dev.cadenza.server.http;

import dev.cadenza.model.Sha256;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import io.javalin.http.Context;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may use the admin listener: who knows the token, or without one whoever is on this machine. Health is everybody's.
 * A page in a browser on this machine is not whoever sits there, so nothing that comes from a page is taken.
 */
final class AdminGuard {
    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);
    private static final String SCHEME = "bearer ";

    private final Optional<byte[]> token;

    /** @param token empty: none is needed, and the listener has to be on loopback */
    AdminGuard(Optional<String> token) {
        this.token = token.map(Sha256::of);
    }

    /** @throws ProblemException if the request is not to be answered */
    void check(Context ctx) throws ProblemException {
        if (ctx.path().startsWith("/v2/health/")) {
            return;
        }
        if (ctx.header("Origin") != null) {
            throw new ProblemException(ProblemType.FORBIDDEN, "the admin listener answers no page of a browser");
        }
        if (token.isPresent()) {
            requireToken(ctx, token.get());
        } else if (!LOOPBACK.matcher(String.valueOf(ctx.header("Host"))).matches()) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "without a token the admin listener is addressed as localhost or 127.0.0.1");
        }
    }

    private static void requireToken(Context ctx, byte[] expected) throws ProblemException {
        String authorization = ctx.header("Authorization");
        boolean good = authorization != null
                && authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                // Hashes are of one length, so that the time of the comparison tells nothing.
                && MessageDigest.isEqual(
                        expected,
                        Sha256.of(authorization.substring(SCHEME.length()).strip()));
        if (!good) {
            ctx.header("WWW-Authenticate", "Bearer realm=\"cadenza-admin\"");
            throw new ProblemException(
                    ProblemType.UNAUTHORIZED, "the admin listener wants its token: Authorization: Bearer ...");
        }
    }
}
