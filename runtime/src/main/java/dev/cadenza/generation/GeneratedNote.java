package dev.cadenza.generation;

/**
 * One new note, as it is made.
 *
 * @param variation 0-based
 * @param index of the note among the new ones, 0-based
 * @param onsetTick from the start of the prompt, or of the piece if there is none; in ticks of the model
 * @param durationTicks in ticks of the model
 * @param logp nats over all its modelled attributes
 */
public record GeneratedNote(
        int variation, int index, int pitch, int velocity, long onsetTick, int durationTicks, double logp) {}
