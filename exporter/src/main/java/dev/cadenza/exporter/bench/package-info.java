/** A published version beside other ways to get the next note: {@link dev.cadenza.exporter.bench.StepBench}. */
@NullMarked
package dev.cadenza.exporter.bench;

import org.jspecify.annotations.NullMarked;
