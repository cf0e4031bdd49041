/**
 * The study put together: {@link dev.cadenza.trainer.study.parts.StudyParts} names the experiment and the section of each
 * part.
 */
@NullMarked
package dev.cadenza.trainer.study.parts;

import org.jspecify.annotations.NullMarked;
