/**
 * The trainer's commands. Entry point: {@link dev.cadenza.trainer.TrainerMain}.
 *
 * <p>Below it, from the ground up: {@code console}-independent {@code tensorboard}, {@code run} and {@code blas}; {@code
 * corpus} (MIDI to encoded pieces), {@code checkpoint}, {@code paper} (the preset and its measures), {@code fetch}.
 */
@NullMarked
package dev.cadenza.trainer;

import org.jspecify.annotations.NullMarked;
