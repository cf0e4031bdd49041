package dev.cadenza.generation.step;

/**
 * What a caller has to know of a model before it plays.
 *
 * @param kind such as {@code paper}
 * @param ticksPerSecond of interval and duration
 * @param shape what its rows need for a step
 */
public record ModelDescription(String kind, int ticksPerSecond, StepShape shape) {}
