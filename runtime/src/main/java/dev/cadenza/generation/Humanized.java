package dev.cadenza.generation;

import dev.cadenza.music.Score;
import dev.cadenza.notematrix.NoteMatrix;

/**
 * A score played with feeling.
 *
 * @param score the written one with other velocities, durations and onsets; tempo, time, key and programs unchanged
 * @param notes the same on the model's grid
 * @param merged written notes that are not in it: a second one on a key and onset, or off the piano
 * @param cut written notes that end where their key is struck again
 * @param logp nats of velocities and durations as the model chose them
 */
public record Humanized(Score score, NoteMatrix notes, int merged, int cut, double logp) {}
