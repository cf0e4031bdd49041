package dev.cadenza.generation.step;

import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.PerformerFeatures;

/**
 * Where a performer's choices lie in a row of its logits, noise and bias: interval classes, keys, velocity classes,
 * duration classes, copied durations.
 *
 * @param encoding what the classes are
 */
public record PerformerChoices(PerformerEncoding encoding) {
    /** Uniform numbers per step: the place of interval, velocity and duration in their classes. */
    public static final int UNIFORMS = 3;

    /** The first interval class. */
    public int intervals() {
        return 0;
    }

    /** The lowest key. */
    public int keys() {
        return encoding.intervals().count();
    }

    /** The first velocity class. */
    public int velocities() {
        return keys() + PerformerEncoding.KEYS;
    }

    /** The first duration class. */
    public int durations() {
        return velocities() + encoding.velocityClasses();
    }

    /** The first copied duration. */
    public int copies() {
        return durations() + encoding.durations().count();
    }

    /** All of them: 372 with the standard encoding. */
    public int count() {
        return copies() + PerformerFeatures.COPIES;
    }
}
