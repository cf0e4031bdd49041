/**
 * What music sounds like, in figures: {@link dev.cadenza.trainer.measures.MusicFigures} of one excerpt,
 * {@link dev.cadenza.trainer.measures.FigureSpread} of many, {@link dev.cadenza.trainer.measures.SharedRuns} of what
 * excerpts have in common with a corpus. Excerpts are rows [notes, 4] of a note matrix.
 */
@NullMarked
package dev.cadenza.trainer.measures;

import org.jspecify.annotations.NullMarked;
