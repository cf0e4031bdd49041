/**
 * Piano rolls: which of the piano's 88 keys sound in each step of a fixed grid. {@link
 * dev.cadenza.pianoroll.PianoRoll} is one piece; {@link dev.cadenza.pianoroll.RollEncoding} says what a model's steps
 * are in time.
 *
 * <p>A roll knows no velocity, and a key struck again while it sounds is one long note in it: that is the form of the
 * corpora on which piano-roll models are compared (Boulanger-Lewandowski, Bengio and Vincent, 2012).
 */
@NullMarked
package dev.cadenza.pianoroll;

import org.jspecify.annotations.NullMarked;
