/**
 * What the study does to the notes of a corpus before it trains or measures on them: {@link
 * dev.cadenza.trainer.study.notes.NoteNoise} changes them, {@link dev.cadenza.trainer.study.notes.NoteSelection} leaves some
 * out.
 */
@NullMarked
package dev.cadenza.trainer.study.notes;

import org.jspecify.annotations.NullMarked;
