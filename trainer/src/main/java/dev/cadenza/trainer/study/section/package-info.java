/**
 * What the report of the study says: a {@link dev.cadenza.trainer.study.Section} each, which shows the results of {@code
 * study.result}. Nothing here trains or measures; {@link dev.cadenza.trainer.study.section.ResultsFile} writes the likelihood
 * table for programs.
 */
@NullMarked
package dev.cadenza.trainer.study.section;

import org.jspecify.annotations.NullMarked;
