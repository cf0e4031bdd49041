/**
 * What turns the output of a piano-roll network's time axis into a step's notes. {@link dev.cadenza.trainer.roll.head.NadeHead} and {@link dev.cadenza.trainer.roll.head.NoteAxisHead} are the layers of the models
 * tied over keys; a {@code Pass} computes all keys of a batch for training, a {@code Walk} one key after the other for
 * sampling.
 */
@NullMarked
package dev.cadenza.trainer.roll.head;

import org.jspecify.annotations.NullMarked;
