/**
 * Training whatever the preset: {@link dev.cadenza.trainer.training.TrainingLoop} runs a
 * {@link dev.cadenza.trainer.training.TrainingTask} into a run folder, with validation, checkpoints, limits and resuming.
 */
@NullMarked
package dev.cadenza.trainer.training;

import org.jspecify.annotations.NullMarked;
