package dev.cadenza.server.serving;

import java.time.Duration;

/**
 * An answer and the time that it took.
 *
 * @param answer what came of a request
 * @param waited from the request's arrival until its first step
 * @param played from the first step until the last
 */
public record TimedResult<A>(A answer, Duration waited, Duration played) {}
