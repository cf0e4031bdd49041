package dev.cadenza.generation;

import dev.cadenza.music.Score;
import dev.cadenza.notematrix.NoteMatrix;

/**
 * A score played with feeling.
 *
 * @param score every written note but those merged, with other velocities, durations and onsets; what the model has no
 *     key for, percussion, tempo, time, key and programs unchanged
 * @param notes what the model played, on its grid
 * @param merged written notes that are not in the score: a second one on a channel, key and tick
 * @param unplayable notes of the score that are as they were written: pitched, but off the piano
 * @param cut written notes on the piano that end where their key is struck again
 * @param logp nats of velocities and durations as the model chose them
 */
public record Humanized(Score score, NoteMatrix notes, int merged, int unplayable, int cut, double logp) {}
