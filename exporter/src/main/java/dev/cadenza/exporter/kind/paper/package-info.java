/**
 * The kind {@code paper}: the source paper's network, which regresses to the next row of a note matrix.
 *
 * <p>{@link dev.cadenza.exporter.kind.paper.PaperExporter} is the way in. {@code PaperNetwork} takes the DL4J network
 * apart into {@code PaperWeights}, {@code PaperGraph} writes them as a graph, {@code PaperParity} proves it, {@code
 * PaperCard} words the card.
 */
@NullMarked
package dev.cadenza.exporter.kind.paper;

import org.jspecify.annotations.NullMarked;
