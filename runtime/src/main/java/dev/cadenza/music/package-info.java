/**
 * Music as data, and MIDI files in and out. Most users need only {@link dev.cadenza.music.MidiFiles} and the
 * {@link dev.cadenza.music.Score} that it reads and writes; {@link dev.cadenza.music.TempoMap} turns ticks into time.
 *
 * <pre>{@code
 * Score score = MidiFiles.read(Path.of("piece.mid"), new MidiReadOptions(true, MidiLimits.CORPUS));
 * double seconds = score.durationMicros() / 1e6;
 * MidiFiles.write(score, Path.of("copy.mid"));
 * }</pre>
 *
 * <h2>The rule of the reader</h2>
 *
 * A file is read when what it says is unambiguous, and refused with a {@link dev.cadenza.music.MidiFormatException}
 * when reading it would need a guess or lose a note in silence. Nothing is allocated on a length that a file claims.
 *
 * <h2>What is read</h2>
 *
 * <ul>
 *   <li>Formats 0 and 1, all tracks together; also a RIFF file of the form {@code RMID} around one. A header longer
 *       than six bytes, chunks of unknown names, and a rest after the last declared track that is not a whole chunk are
 *       skipped. A track beyond the declared number is read.
 *   <li>Running status; by the standard a system exclusive or meta event ends it, and where it goes on all the same it
 *       is read with a warning. A note-on of velocity 0 is a note-off.
 *   <li>Note ends are matched with note-ons of the same track, channel and pitch, first in, first out. A note-off that
 *       finds no note is nothing. A note that is not closed ends with its track. Controllers 120 and 123 to 127 release
 *       all keys of their channel. Every note lasts at least one tick.
 *   <li>Tempo, time signature and key events of all tracks are merged; of several at one tick the last in the order of
 *       the file holds. Time and key signatures that mean nothing (numerator 0, eight sharps) are left out, as no note
 *       depends on them. Program changes are kept; banks, texts, names, pitch bends and all other controllers are not.
 *   <li>SMPTE time (24, 25, 29.97 drop, 30 frames) becomes a constant tempo under which every tick keeps its exact
 *       length; tempo events mean nothing in such a file.
 *   <li>Percussion is kept in the score: {@link dev.cadenza.music.Note#isPercussion()}.
 *   <li>A track whose declared length is wrong, when its end-of-track event is followed by the next track or the end of
 *       the file, or by zeros up to its declared end. A track without an end-of-track event, when its declared length
 *       is right and followed by the next track or the end of the file.
 *   <li>With a warning: bytes between a track's end and the end of its chunk, which are left out; a header that
 *       declares more tracks than there are, when the file ends where a track does, with its end-of-track event and its
 *       declared length.
 *   <li>A file without a note, as a score without one.
 * </ul>
 *
 * What is read with a warning is what other readers take in silence; {@link
 * dev.cadenza.music.MidiFiles#readWithWarnings} says what it was and where.
 *
 * <h2>What is refused</h2>
 *
 * <ul>
 *   <li>What does not begin with {@code MThd} (gzip, MIDI 2.0 clips, MusicXML, HTML and a few others are named), is
 *       shorter than its header, is of format 2 (independent patterns, not one piece) or higher, or has a time division
 *       of 0 or of unknown frames.
 *   <li>Fewer tracks than declared where the file does not end cleanly, or a track behind bytes that are not a chunk. A
 *       track that the file's end cuts off. An event that does not end within its track (but for the length byte of an
 *       end of track). Bytes behind an end of track in a chunk that the file's end cuts off, or with a track among
 *       them.
 *   <li>A data byte without a status, a status byte where data belongs, a status from 0xF1 to 0xFE but 0xF7: where the
 *       next event begins would be a guess. A number of more than four bytes.
 *   <li>A tempo of 0, since all onsets would fall together.
 *   <li>More bytes, events or seconds than {@link dev.cadenza.music.MidiLimits} allows, or a tick beyond
 *       {@link dev.cadenza.music.TempoMap#LAST_TICK}.
 * </ul>
 *
 * <h2>The sustain pedal</h2>
 *
 * With {@link dev.cadenza.music.MidiReadOptions#applySustain()} a note whose key is released while controller 64 of its
 * channel is at 64 or above sounds until the first of: the pedal lifts, the same key of the channel is struck again,
 * the longest track ends. The pedal counts over all tracks; a release at the tick at which the pedal moves meets the
 * pedal as it is after that tick, and a pedal that lifts and falls within one tick has lifted. Controller 121 lifts it.
 * Sostenuto (66) and the soft pedal (67) change nothing. A score keeps no pedal, so that a file written from it is read
 * alike with and without the option.
 *
 * <h2>What is written</h2>
 *
 * Format 1: a track of tempo, time and key, then a track for each channel that has notes or programs, with note-offs of
 * their own (not velocity 0) before the note-ons of the same tick, and an end-of-track event. A key that is struck
 * while it sounds ends the earlier note there, and notes of one key that start together become one (the strongest
 * velocity, the longest duration), for a player could not distinguish them. Apart from such notes, reading what was
 * written gives an equal score.
 *
 * <p>Source: Standard MIDI Files 1.0 (RP-001), MIDI Manufacturers Association, 1996.
 */
@NullMarked
package dev.cadenza.music;

import org.jspecify.annotations.NullMarked;
