/** A run's folder: its files, and what is written to them. Entry point: {@link dev.cadenza.trainer.run.RunFolder}. */
@NullMarked
package dev.cadenza.trainer.run;

import org.jspecify.annotations.NullMarked;
