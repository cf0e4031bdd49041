/**
 * A model's steps: {@link dev.cadenza.generation.step.StepModel} is the next-note function of any model, {@link
 * dev.cadenza.generation.step.StepTask} is music that is made step by step, and a {@link
 * dev.cadenza.generation.step.Player} plays a task. All random numbers come from {@link
 * dev.cadenza.generation.step.Noise}.
 */
@NullMarked
package dev.cadenza.generation.step;

import org.jspecify.annotations.NullMarked;
