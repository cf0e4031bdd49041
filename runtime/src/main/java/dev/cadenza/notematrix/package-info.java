/**
 * Notes as numbers: {@link dev.cadenza.notematrix.NoteMatrix}, one row per note;
 * {@link dev.cadenza.notematrix.PaperEncoding}, its scaling to what a network of the kind {@code paper} sees; and
 * {@link dev.cadenza.notematrix.PerformerEncoding}, its classes for the kind {@code performer}. Training and serving
 * share this package, so that a model meets the numbers that it was trained on. This page is the manual.
 *
 * <h2>Layout</h2>
 *
 * A matrix is {@code [notes, 4]}, 32-bit integers, row-major:
 *
 * <table>
 * <caption>Columns of a note matrix</caption>
 * <tr><th>column</th><th>name</th><th>unit</th><th>range</th></tr>
 * <tr><td>0</td><td>interval</td><td>ticks since the onset of the row before; row 0: since time 0</td>
 *     <td>0..2^31 - 1</td></tr>
 * <tr><td>1</td><td>pitch</td><td>MIDI pitch</td><td>0..127</td></tr>
 * <tr><td>2</td><td>velocity</td><td>MIDI velocity</td><td>1..127</td></tr>
 * <tr><td>3</td><td>duration</td><td>ticks from onset to end</td><td>1..2^31 - 1</td></tr>
 * </table>
 *
 * A tick is 1/ticksPerSecond of a second of real time: the tempo is already in it, and a beat is nothing here. The kind
 * {@code paper} has 1000 ticks per second.
 *
 * <p>Rows are sorted by onset, and where onsets fall on one tick by pitch, lowest first; two notes of one pitch and
 * onset stay in the order of the score. A matrix built from rows is kept as given: its order within a chord is the
 * order in which a model played it.
 *
 * <h2>From a score and back</h2>
 *
 * {@link dev.cadenza.notematrix.NoteMatrix#of(dev.cadenza.music.Score, int)} leaves the percussion channel out, and
 * forgets channel, tempo, time, key and program. The sustain pedal is not a column: apply it when the file is read.
 *
 * <p>Rounding: with t the exact time of a note's onset in seconds and r the ticks per second, the onset lies on the
 * grid at
 *
 * <pre>{@code
 * g = floor(t * r + 1/2)
 * }</pre>
 *
 * and likewise its end. Intervals and durations are differences of such places, never rounded themselves. So the sum of
 * the intervals up to a note is its onset, wrong by half a tick at most after a million notes as after one; a duration
 * is wrong by less than one tick, or by more only when it is the shortest that there is, 1. The sums are integers: no
 * floating point is involved.
 *
 * <p>{@link dev.cadenza.notematrix.NoteMatrix#toScore} rounds in the same way to the ticks of the clock that it is
 * given. A clock of 500 ticks per quarter note and 500,000 microseconds per quarter note has a tick a millisecond; with
 * it a matrix of 1000 ticks per second survives score, MIDI file and score unchanged, but for the order within chords
 * and notes that a key struck twice cuts.
 *
 * <h2>Scaling for a network</h2>
 *
 * {@link dev.cadenza.notematrix.PaperEncoding} takes the first three columns to 0..1, with c =
 * {@code intervalClipTicks}:
 *
 * <pre>{@code
 * x0 = min(interval, c) / c       x1 = pitch / 127       x2 = velocity / 127
 * }</pre>
 *
 * computed in 32-bit floats. An interval longer than c is seen as c; the matrix keeps it.
 *
 * <h2>Classes for a performer</h2>
 *
 * {@link dev.cadenza.notematrix.PerformerEncoding} has 100 ticks per second. {@link
 * dev.cadenza.notematrix.PerformerNotes} keeps what a piano can play: keys 21..108, none struck while it sounds, the
 * notes of an onset ascending. {@link dev.cadenza.notematrix.TickClasses} gives each tick below a second its own class,
 * and 24 buckets to the longer times, up to 50 s between notes and 20 s of a note. {@link
 * dev.cadenza.notematrix.KeyState} follows which keys sound, and {@link dev.cadenza.notematrix.PerformerFeatures}
 * writes all of it as the numbers that a network takes.
 *
 * <h2>Worked example</h2>
 *
 * 480 ticks per quarter note, 500,000 microseconds per quarter note (a tick is 1.0416 ms); c4 at tick 0 for 240 ticks,
 * c5 and e4 at tick 241, both up to tick 480. At 1000 ticks per second tick 240 is 250 ms, tick 241 is 251.04 ms and
 * tick 480 is 500 ms, so with c = 1000:
 *
 * <table>
 * <caption>Three notes, their rows, and what a network sees of them</caption>
 * <tr><th>note</th><th>velocity</th><th>row</th><th>scaled</th></tr>
 * <tr><td>c4 = 60</td><td>64</td><td>0, 60, 64, 250</td><td>0, 0.4724, 0.5039</td></tr>
 * <tr><td>e4 = 64</td><td>80</td><td>251, 64, 80, 249</td><td>0.251, 0.5039, 0.6299</td></tr>
 * <tr><td>c5 = 72</td><td>90</td><td>0, 72, 90, 249</td><td>0, 0.5669, 0.7087</td></tr>
 * </table>
 *
 * <h2>Memory</h2>
 *
 * 24 bytes per note: 16 of columns and 8 of onset, in two flat arrays. MAESTRO's 7.04 million notes take 169 MB; a
 * {@code Score} of them takes about 50 bytes per note, so turn a corpus into matrices file by file.
 *
 * <h2>JSON of the encoding</h2>
 *
 * An object of exactly these fields, as it lies in a model file:
 *
 * <pre>{@code
 * {"ticks_per_second": 1000,
 *  "columns": ["interval", "pitch", "velocity"],
 *  "interval_clip_ticks": 1000,
 *  "pitch_scale": 127,
 *  "velocity_scale": 127,
 *  "deviations": [0.1, 0.08, 0.09],          one a column, in scaled units, more than 0
 *  "duration_interval_bounds": [10, 100],    ascending, in ticks: ranges 0..9, 10..99, 100 and longer
 *  "duration_medians": [300, 120, 500]}      one a range, in ticks
 * }</pre>
 */
@NullMarked
package dev.cadenza.notematrix;

import org.jspecify.annotations.NullMarked;
