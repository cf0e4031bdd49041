package dev.cadenza.generation.step;

/**
 * What a run answered.
 *
 * @param next {@code [steps, rows, 4]} row-major, the next notes
 * @param logp {@code [steps, rows, k]} row-major, nats of each modelled attribute
 */
@SuppressWarnings("ArrayRecordComponent") // A hot path: read once, never compared.
public record StepOutput(int[] next, float[] logp) {}
