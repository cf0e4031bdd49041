package dev.cadenza.server.metrics;

import java.util.function.IntSupplier;

/**
 * How full the queue is.
 *
 * @param streams that play now
 * @param waiting requests that wait for their turn
 */
public record QueueGauges(IntSupplier streams, IntSupplier waiting) {}
