package dev.cadenza.generation;

import dev.cadenza.generation.steering.Steering;
import java.util.OptionalDouble;

/**
 * What is asked for.
 *
 * @param seed any number; variation i has the seed {@code seed + i}
 * @param length of the new music
 * @param temperature 0..2: scales the spread of what is sampled; 0 takes the model's best guess; empty: what plays best
 * @param variations 1..16 pieces that differ in their seed alone
 * @param steering what else is asked, of models that choose among classes
 */
public record GenerationOptions(
        long seed, Length length, OptionalDouble temperature, int variations, Steering steering) {
    public static final double MAX_TEMPERATURE = 2;

    /**
     * The temperature of a model that chooses among classes when it plays from nothing and none is asked for; otherwise it
     * is 1. 100 pieces of 200 notes are then closest to people's.
     */
    public static final double FROM_SILENCE = 0.95;

    public static final int MAX_VARIATIONS = 16;
    public static final int DEFAULT_NOTES = 200;

    /** These options, and the defaults for all others. */
    public GenerationOptions(long seed, Length length, double temperature, int variations) {
        this(seed, length, temperature, variations, Steering.NONE);
    }

    public GenerationOptions(long seed, Length length, double temperature, int variations, Steering steering) {
        this(seed, length, OptionalDouble.of(temperature), variations, steering);
    }

    public GenerationOptions {
        temperature.ifPresent(asked -> {
            if (!(asked >= 0 && asked <= MAX_TEMPERATURE)) {
                throw new IllegalArgumentException("temperature (" + asked + ") must be 0.." + MAX_TEMPERATURE);
            }
        });
        if (variations < 1 || variations > MAX_VARIATIONS) {
            throw new IllegalArgumentException("variations (" + variations + ") must be 1.." + MAX_VARIATIONS);
        }
    }

    /** 200 notes, one variation. */
    public static GenerationOptions ofSeed(long seed) {
        return new GenerationOptions(seed, new Length.Notes(DEFAULT_NOTES), OptionalDouble.empty(), 1, Steering.NONE);
    }

    public GenerationOptions withLength(Length newLength) {
        return new GenerationOptions(seed, newLength, temperature, variations, steering);
    }

    public GenerationOptions withTemperature(double newTemperature) {
        return new GenerationOptions(seed, length, OptionalDouble.of(newTemperature), variations, steering);
    }

    public GenerationOptions withVariations(int newVariations) {
        return new GenerationOptions(seed, length, temperature, newVariations, steering);
    }

    public GenerationOptions withSteering(Steering newSteering) {
        return new GenerationOptions(seed, length, temperature, variations, newSteering);
    }

    /**
     * The temperature that a model plays with.
     *
     * @param fromSilence whether it chooses among classes and continues nothing
     */
    double temperature(boolean fromSilence) {
        return temperature.orElse(fromSilence ? FROM_SILENCE : 1);
    }
}
