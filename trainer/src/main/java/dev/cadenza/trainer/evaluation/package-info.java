/**
 * How music sounds, in figures: {@link dev.cadenza.trainer.evaluation.MusicFigures} of one excerpt, {@link dev.cadenza.trainer.evaluation.FigureSpread} of many, {@link dev.cadenza.trainer.evaluation.PlayingMeasure} of what hands can play and ears notice, {@link dev.cadenza.trainer.evaluation.SharedRuns} of what
 * excerpts have in common with a corpus. Excerpts are rows [notes, 4] of a note matrix.
 *
 * <p>What trained models play: {@link dev.cadenza.trainer.evaluation.ExporterLauncher} lets a model play, {@link dev.cadenza.trainer.evaluation.PlayedPieces} reads what it played and what people played, and {@link dev.cadenza.trainer.evaluation.PlayingFigures} compares them.
 */
@NullMarked
package dev.cadenza.trainer.evaluation;

import org.jspecify.annotations.NullMarked;
