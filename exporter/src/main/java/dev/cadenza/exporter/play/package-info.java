/**
 * What {@code exporter play} does: {@link dev.cadenza.exporter.play.PieceFiles} writes what a model plays from silence.
 */
@NullMarked
package dev.cadenza.exporter.play;

import org.jspecify.annotations.NullMarked;
