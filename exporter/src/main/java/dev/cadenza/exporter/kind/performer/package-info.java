/**
 * The kind {@code performer}: an LSTM under four categorical heads in a chain.
 *
 * <p>{@link dev.cadenza.exporter.kind.performer.PerformerExporter} is the way in. {@code PerformerNetwork} takes the DL4J
 * network apart into {@code PerformerWeights}; {@code PerformerGraph} writes them as a graph, with {@code
 * KeyFeatureNodes} and {@code RecallInput} for what goes in, {@code PerformerHeadNodes} and {@code Sampling} for the
 * choices, {@code PerformerLikelihood} for what they were worth, {@code PerformerTables} for the constants. {@code
 * PerformerParity} proves the graph on {@code PerformerPieces}, {@code PerformerRounding} measures what rounded weights
 * cost, {@code PerformerCard} words the card.
 */
@NullMarked
package dev.cadenza.exporter.kind.performer;

import org.jspecify.annotations.NullMarked;
