/**
 * Playing: a model that is asked for one note after the other, and what is asked of it.
 *
 * <p>Start at {@link dev.cadenza.generation.Generator#generate}, which takes a {@link
 * dev.cadenza.generation.step.StepModel} (the next-note function of any model), {@link
 * dev.cadenza.generation.GenerationOptions} and perhaps a {@link dev.cadenza.generation.Prompt}, and returns a {@link
 * dev.cadenza.generation.Piece}. Nothing here knows an inference engine: a test plays a fake {@code StepModel}.
 *
 * <p><b>Rows.</b> A note is four ints: interval (ticks since the previous onset), pitch, velocity, duration (ticks). A
 * model gets the previous note (all -1 at the start of a piece) and answers with the next. A prompt of n notes runs as
 * n steps in which every answer is forced, in chunks of at most {@value
 * dev.cadenza.generation.step.StepModel#MAX_STEPS} steps that end at fixed positions of the prompt.
 *
 * <p><b>Randomness.</b> All of it is {@link dev.cadenza.generation.step.Noise}, a pure function of seed, step and column:
 * the same seed gives the same notes alone or among other rows, on any number of threads. Variation i of a request
 * with seed s is what a request with seed s + i alone would get.
 *
 * <p><b>References.</b> {@link dev.cadenza.generation.reference.PaperSampler} and {@link
 * dev.cadenza.generation.reference.PerformerSampler} are in plain Java how a graph of either kind goes from what its network says
 * to a note; tests hold the graphs equal to them.
 */
@NullMarked
package dev.cadenza.generation;

import org.jspecify.annotations.NullMarked;
