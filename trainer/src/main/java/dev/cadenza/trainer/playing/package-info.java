/**
 * What trained models play, measured: {@link dev.cadenza.trainer.playing.ExporterLauncher} lets a model play,
 * {@link dev.cadenza.trainer.playing.PlayedPieces} reads what it played and what people did, and {@link
 * dev.cadenza.trainer.playing.PlayingFigures} compares them.
 */
@NullMarked
package dev.cadenza.trainer.playing;

import org.jspecify.annotations.NullMarked;
