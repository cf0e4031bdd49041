/**
 * The seed paper's study, done again: each part trains or measures, keeps what it found in {@link
 * dev.cadenza.trainer.study.Cells} and writes its section of the report from them. {@link dev.cadenza.trainer.study.Study}
 * runs all of it.
 */
@NullMarked
package dev.cadenza.trainer.study;

import org.jspecify.annotations.NullMarked;
