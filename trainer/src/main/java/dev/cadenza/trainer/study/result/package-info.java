/**
 * What the study's experiments found, as records: a type for each kind of cell ({@link dev.cadenza.trainer.study.Cell} reads
 * and writes it), and where its cells lie. Experiments make them, sections show them; neither knows the other.
 */
@NullMarked
package dev.cadenza.trainer.study.result;

import org.jspecify.annotations.NullMarked;
