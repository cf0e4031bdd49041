/**
 * What {@code exporter score} does: {@link dev.cadenza.exporter.score.FileScore} measures a model by its graph, that is
 * its likelihood of held-out pieces, and its continuations of their openings compared with what people played.
 */
@NullMarked
package dev.cadenza.exporter.score;

import org.jspecify.annotations.NullMarked;
