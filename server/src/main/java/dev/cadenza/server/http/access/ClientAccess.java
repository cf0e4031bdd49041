package dev.cadenza.server.http.access;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.serving.Client;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The public listener's clients: known by a key, else by their address; each with a rate and a share of the streams.
 */
public final class ClientAccess implements Access {
    private final ClientRules rules;
    private final CrossOrigin pages;
    private final TokenBuckets buckets;
    private final WrongKeys wrongKeys;

    /** @param nanos a clock such as {@link System#nanoTime} */
    public ClientAccess(ClientRules rules, LongSupplier nanos) {
        this.rules = rules;
        pages = new CrossOrigin(rules.origins());
        buckets = new TokenBuckets(nanos);
        wrongKeys = new WrongKeys(new TokenBuckets(nanos));
    }

    @Override
    public void receive(Context ctx) {
        ExchangeNotes.of(ctx).setRemote(address(ctx));
        pages.answer(ctx);
    }

    @Override
    public void admit(Context ctx) throws ProblemException {
        ExchangeNotes notes = ExchangeNotes.of(ctx);
        ClientAddress address = address(ctx);
        Client client = client(address);
        Rate limit = rules.rate();
        if (rules.keys() != null) {
            ApiKeys.ApiKey key = key(ctx, rules.keys().get(), address);
            notes.setClient(key.name());
            client = new Client("key " + key.name(), rules.streamsPerClient());
            limit = key.rate();
        }
        notes.setShare(client);
        int wait = limit == null ? 0 : buckets.take(client.name(), limit);
        if (limit != null && wait > 0) {
            throw ProblemException.retryable(
                    ProblemType.TOO_MANY_REQUESTS,
                    "more requests than the " + String.format(Locale.ROOT, "%.0f", Math.ceil(limit.perMinute()))
                            + " per minute that are allowed",
                    wait);
        }
    }

    /** This machine's own programs have no share, unless they may be a proxy for all clients. */
    private Client client(ClientAddress address) {
        String name = "address " + address.network();
        return address.isLoopback() && !rules.trustForwardedFor()
                ? Client.unlimited(name)
                : new Client(name, rules.streamsPerClient());
    }

    private ApiKeys.ApiKey key(Context ctx, ApiKeys keys, ClientAddress address) throws ProblemException {
        Optional<String> given = BearerToken.of(ctx);
        Optional<ApiKeys.ApiKey> key = given.flatMap(keys::find);
        if (key.isPresent()) {
            return key.get();
        }
        if (given.isPresent()) {
            wrongKeys.count(address);
        }
        ctx.header("WWW-Authenticate", "Bearer realm=\"cadenza\"");
        throw new ProblemException(ProblemType.UNAUTHORIZED, "an API key is needed: Authorization: Bearer ...");
    }

    /** Nothing runs there; under {@code /v1} the answer is a client's all the same, and counts. */
    @Override
    public boolean isOpenWithoutRoute(Context ctx) {
        return pages.isPreflight(ctx)
                || !(ctx.path().equals("/v1") || ctx.path().startsWith("/v1/"));
    }

    private ClientAddress address(Context ctx) {
        ClientAddress peer = ExchangeNotes.peer(ctx);
        if (!rules.trustForwardedFor()) {
            return peer;
        }
        // A proxy may write a line of its own below those that came to it.
        String forwarded = String.join(",", Collections.list(ctx.req().getHeaders("X-Forwarded-For")));
        // What stands before the last address can be forged by the client.
        String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return ClientAddress.parse(last).orElse(peer);
    }
}
