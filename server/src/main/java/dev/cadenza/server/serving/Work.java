package dev.cadenza.server.serving;

import dev.cadenza.generation.Deadline;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * What is done with a lent model when a request's turn comes.
 *
 * @param <A> what comes of it
 */
@FunctionalInterface
public interface Work<A> {
    /**
     * Does it, on the caller's thread.
     *
     * @param wanted whether anybody still waits for it; whoever can ask between two steps does so, and ends with a
     *     {@link java.util.concurrent.CancellationException}
     * @throws TimeoutException if the deadline passes first
     */
    A play(ModelLease lease, Deadline deadline, BooleanSupplier wanted) throws TimeoutException;
}
