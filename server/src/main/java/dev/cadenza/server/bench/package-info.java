/**
 * Benchmarks of serving: {@link dev.cadenza.server.bench.ServingBench} puts load on a server in a process of its own and
 * next to it that steps the same model bare.
 */
@NullMarked
package dev.cadenza.server.bench;

import org.jspecify.annotations.NullMarked;
