/**
 * Counters for Prometheus. {@link dev.cadenza.server.metrics.ServerMetrics} counts answers, runs and notes, and reads
 * the state of catalogue and queue when it is scraped.
 */
@NullMarked
package dev.cadenza.server.metrics;

import org.jspecify.annotations.NullMarked;
