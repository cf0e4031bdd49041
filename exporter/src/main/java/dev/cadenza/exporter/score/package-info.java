/**
 * Measures of a published version, from its file alone: its likelihood of held-out pieces, and what it plays when it
 * goes on from their openings beside what people played.
 */
@NullMarked
package dev.cadenza.exporter.score;

import org.jspecify.annotations.NullMarked;
