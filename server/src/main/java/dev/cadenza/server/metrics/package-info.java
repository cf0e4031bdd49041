/**
 * Counters for Prometheus. {@link dev.cadenza.server.metrics.ServerMetrics} hears of answers, runs and notes, and asks
 * catalogue and queue how things stand when it is scraped.
 */
@NullMarked
package dev.cadenza.server.metrics;

import org.jspecify.annotations.NullMarked;
