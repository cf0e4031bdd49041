package dev.cadenza.server.serving;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** How many streams each client has, running and waiting. Holds only clients that have any. Safe for many threads. */
final class ClientStreams {
    private final Map<String, Integer> streams = new HashMap<>();

    /**
     * Counts streams as the client's.
     *
     * @param retryAfterSeconds when a client that has its share may ask again
     * @return gives them back; a second call does nothing
     * @throws ProblemException if the client would have more than its share
     */
    synchronized Runnable take(Client client, int count, int retryAfterSeconds) throws ProblemException {
        int share = client.mostStreams();
        if (count > share) {
            throw ProblemException.ofField(
                    ProblemType.INVALID_FIELD,
                    "n",
                    "n (" + count + ") counts as " + count + " streams, and a client may have " + share + " at once");
        }
        int now = streams.getOrDefault(client.name(), 0);
        if (now > share - count) {
            throw ProblemException.retryable(
                    ProblemType.TOO_MANY_STREAMS,
                    "the client has " + now + " streams that run or wait, and may have " + share + " at once",
                    retryAfterSeconds);
        }
        streams.put(client.name(), now + count);
        AtomicBoolean taken = new AtomicBoolean(true);
        return () -> {
            if (taken.compareAndSet(true, false)) {
                giveBack(client.name(), count);
            }
        };
    }

    private synchronized void giveBack(String name, int count) {
        streams.computeIfPresent(name, (key, now) -> now > count ? now - count : null);
    }

    /** Clients that have streams. */
    synchronized int clients() {
        return streams.size();
    }
}
