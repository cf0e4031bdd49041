/**
 * The source paper's model: one LSTM on the note matrix, a linear row out, mean squared error.
 *
 * <p>Most users need only {@link dev.cadenza.trainer.paper.PaperPreset} and {@link
 * dev.cadenza.trainer.paper.PaperMeasures}.
 *
 * <p>A piece of n notes is a sequence of n + 1 rows: a row of zeros, then its notes. Row i predicts row i + 1, so every
 * note is predicted once, the first from the row of zeros. Training cuts sequences into windows and takes a loss at
 * every step.
 */
@NullMarked
package dev.cadenza.trainer.paper;

import org.jspecify.annotations.NullMarked;
