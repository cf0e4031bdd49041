/**
 * What {@code exporter bench} does: {@link dev.cadenza.exporter.bench.StepBench} times a published version compared with other
 * ways to get the next note.
 */
@NullMarked
package dev.cadenza.exporter.bench;

import org.jspecify.annotations.NullMarked;
