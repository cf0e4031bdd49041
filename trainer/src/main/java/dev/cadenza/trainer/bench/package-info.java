/** Benchmarks of training: {@link dev.cadenza.trainer.bench.TrainingBench}. */
@NullMarked
package dev.cadenza.trainer.bench;

import org.jspecify.annotations.NullMarked;
