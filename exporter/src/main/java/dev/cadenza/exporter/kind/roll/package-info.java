/**
 * The kind {@code roll}: which of 88 keys sound in the next step of a piano roll.
 *
 * <p>{@link dev.cadenza.exporter.kind.roll.RollExporter} is the way in. {@code RollNetwork} takes the DL4J network apart
 * into {@code RollWeights}, {@code RollGraph} writes them as a graph, {@code RollParity} proves it, {@code RollCard} words
 * the card.
 */
@NullMarked
package dev.cadenza.exporter.kind.roll;

import org.jspecify.annotations.NullMarked;
