/**
 * What all kinds of model share on their way from a checkpoint to a file, and nothing of any one of them.
 *
 * <p>A kind is a {@link dev.cadenza.exporter.kind.KindExporter}: it says which weight formats it has and opens a
 * checkpoint as a {@link dev.cadenza.exporter.kind.KindExport}, which writes the graph, proves it, records the golden
 * piece and words its part of the card. To add a kind, write a package below this one and name its exporter in
 * {@code META-INF/services/dev.cadenza.exporter.kind.KindExporter}. Kinds do not know each other.
 *
 * <p>{@link dev.cadenza.exporter.kind.LayerRules} and {@link dev.cadenza.exporter.kind.LayerParameters} take a DL4J
 * network apart, or say by name what has no translation; {@link dev.cadenza.exporter.kind.Comparison} holds the numbers
 * of ONNX Runtime against those of DL4J.
 */
@NullMarked
package dev.cadenza.exporter.kind;

import org.jspecify.annotations.NullMarked;
