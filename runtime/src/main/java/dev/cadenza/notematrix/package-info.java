/**
 * Notes as numbers: {@link dev.cadenza.notematrix.NoteMatrix}, the matrix of the notes of a piece, and
 * {@link dev.cadenza.notematrix.PaperEncoding}, its scaling to what a network sees.
 */
@NullMarked
package dev.cadenza.notematrix;

import org.jspecify.annotations.NullMarked;
