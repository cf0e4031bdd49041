/**
 * What {@code exporter score} does: {@link dev.cadenza.exporter.score.FileScore} measures a model by its graph, that is
 * its likelihood of held-out pieces, and what it plays when it goes on from their openings beside what people played.
 */
@NullMarked
package dev.cadenza.exporter.score;

import org.jspecify.annotations.NullMarked;
