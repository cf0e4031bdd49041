/**
 * Music as data, and MIDI files in and out. Most users need only {@link dev.cadenza.music.MidiFiles} and the
 * {@link dev.cadenza.music.Score} that it reads and writes.
 */
@NullMarked
package dev.cadenza.music;

import org.jspecify.annotations.NullMarked;
