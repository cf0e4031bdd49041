package dev.cadenza.server.http.access;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;

/**
 * How many wrong keys come from each address. Beyond ten a minute they are answered 429. A right key passes whatever else
 * came from its address: otherwise one client with an old key would shut out all others behind the same address. So this
 * limits what wrong keys cost; that none is guessed is due to their length.
 */
final class WrongKeys {
    private static final Rate RATE = new Rate(10, 10);

    private final TokenBuckets buckets;

    WrongKeys(TokenBuckets buckets) {
        this.buckets = buckets;
    }

    /** @throws ProblemException if there were too many from there already */
    void count(ClientAddress address) throws ProblemException {
        int wait = buckets.take(address.network(), RATE);
        if (wait > 0) {
            throw ProblemException.retryable(
                    ProblemType.TOO_MANY_REQUESTS, "too many wrong keys came from this address", wait);
        }
    }
}
