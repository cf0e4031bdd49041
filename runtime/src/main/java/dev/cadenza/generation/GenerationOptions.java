package dev.cadenza.generation;

import dev.cadenza.generation.steering.Steering;

/**
 * What is asked for.
 *
 * @param seed any number; variation i has the seed {@code seed + i}
 * @param length of the new music
 * @param temperature 0..2: scales the spread of what is sampled; 0 takes the model's best guess
 * @param variations 1..16 pieces that differ in their seed alone
 * @param steering what else is asked, of models that choose among classes
 */
public record GenerationOptions(long seed, Length length, double temperature, int variations, Steering steering) {
    public static final double MAX_TEMPERATURE = 2;
    public static final int MAX_VARIATIONS = 16;
    public static final int DEFAULT_NOTES = 200;

    /** These options, and the defaults for all others. */
    public GenerationOptions(long seed, Length length, double temperature, int variations) {
        this(seed, length, temperature, variations, Steering.NONE);
    }

    public GenerationOptions {
        if (!(temperature >= 0 && temperature <= MAX_TEMPERATURE)) {
            throw new IllegalArgumentException("temperature (" + temperature + ") must be 0.." + MAX_TEMPERATURE);
        }
        if (variations < 1 || variations > MAX_VARIATIONS) {
            throw new IllegalArgumentException("variations (" + variations + ") must be 1.." + MAX_VARIATIONS);
        }
    }

    /** 200 notes, temperature 1, one variation. */
    public static GenerationOptions ofSeed(long seed) {
        return new GenerationOptions(seed, new Length.Notes(DEFAULT_NOTES), 1, 1);
    }

    public GenerationOptions withLength(Length newLength) {
        return new GenerationOptions(seed, newLength, temperature, variations, steering);
    }

    public GenerationOptions withTemperature(double newTemperature) {
        return new GenerationOptions(seed, length, newTemperature, variations, steering);
    }

    public GenerationOptions withVariations(int newVariations) {
        return new GenerationOptions(seed, length, temperature, newVariations, steering);
    }

    public GenerationOptions withSteering(Steering newSteering) {
        return new GenerationOptions(seed, length, temperature, variations, newSteering);
    }
}
