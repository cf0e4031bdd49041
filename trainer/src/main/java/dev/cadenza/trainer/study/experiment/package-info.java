/**
 * What the parts of the study train and measure: an {@link dev.cadenza.trainer.study.Experiment} each, which fills the cells
 * of {@code study.result}. Nothing here knows the report.
 */
@NullMarked
package dev.cadenza.trainer.study.experiment;

import org.jspecify.annotations.NullMarked;
