package dev.cadenza.server.http.access;

import dev.cadenza.files.Sha256;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import io.javalin.http.Context;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Who may use the admin listener: clients with the token, or without one those on this machine. Health is open to all.
 * A page in a browser on this machine is not its user, so requests from pages are refused.
 */
public final class AdminGuard implements Access {
    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

    private final Optional<Supplier<String>> token;
    private final WrongKeys wrongTokens;

    /**
     * @param token as it stands now; empty: none is needed, and the listener has to be on loopback
     * @param nanos a clock such as {@link System#nanoTime}
     */
    public AdminGuard(Optional<Supplier<String>> token, LongSupplier nanos) {
        this.token = token;
        wrongTokens = new WrongKeys(new TokenBuckets(nanos));
    }

    @Override
    public void receive(Context ctx) {
        ExchangeNotes.of(ctx).setRemote(ExchangeNotes.peer(ctx));
    }

    @Override
    public void admit(Context ctx) throws ProblemException {
        if (ctx.header("Origin") != null) {
            throw new ProblemException(ProblemType.FORBIDDEN, "the admin listener does not answer browser pages");
        }
        if (token.isPresent()) {
            requireToken(ctx, token.get().get());
            ExchangeNotes.of(ctx).setCaller("token");
        } else if (LOOPBACK.matcher(String.valueOf(ctx.header("Host"))).matches()) {
            ExchangeNotes.of(ctx).setCaller("loopback");
        } else {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "without a token the admin listener must be addressed as localhost or 127.0.0.1");
        }
    }

    private void requireToken(Context ctx, String expected) throws ProblemException {
        Optional<String> given = BearerToken.of(ctx);
        // Hashes are of one length, so that the time of the comparison reveals nothing.
        if (given.isPresent() && MessageDigest.isEqual(Sha256.of(expected), Sha256.of(given.get()))) {
            return;
        }
        if (given.isPresent()) {
            wrongTokens.count(ExchangeNotes.peer(ctx));
        }
        ctx.header("WWW-Authenticate", "Bearer realm=\"cadenza-admin\"");
        throw new ProblemException(
                ProblemType.UNAUTHORIZED, "the admin listener needs its token: Authorization: Bearer ...");
    }

    @Override
    public boolean isOpenWithoutRoute(Context ctx) {
        return false;
    }
}
