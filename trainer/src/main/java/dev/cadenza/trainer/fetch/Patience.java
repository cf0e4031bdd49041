package dev.cadenza.trainer.fetch;

import java.time.Duration;

/**
 * How long a download waits, and how often it tries.
 *
 * @param attempts requests in all, at least 1
 * @param firstPause before the second attempt; it doubles from there
 * @param longestPause no pause is longer, whatever the server asks for
 * @param connect to the server
 * @param answer from the request to the headers
 * @param stall within the body, without a byte
 */
record Patience(
        int attempts, Duration firstPause, Duration longestPause, Duration connect, Duration answer, Duration stall) {
    static final Patience USUAL = new Patience(
            8,
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60));

    Patience {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts (" + attempts + ") must be at least 1");
        }
    }

    /** The pause after attempt 1, 2, ... when the server asked for {@code asked}. */
    Duration pauseAfter(int attempt, Duration asked) {
        Duration doubled = firstPause.multipliedBy(1L << Math.min(attempt - 1, 20));
        Duration pause = doubled.compareTo(asked) < 0 ? asked : doubled;
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
}
