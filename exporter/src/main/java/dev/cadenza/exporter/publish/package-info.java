/**
 * Makes a version of a checkpoint, and opens what can be measured or played: a published version or a checkpoint.
 *
 * <p>Start at {@link dev.cadenza.exporter.publish.Export}: graph, proof, golden piece, card, manifest, and all of them
 * visible at once or not at all. {@link dev.cadenza.exporter.publish.Kinds} is the list of kinds that it can export.
 */
@NullMarked
package dev.cadenza.exporter.publish;

import org.jspecify.annotations.NullMarked;
