package dev.cadenza.generation;

/**
 * How a score is played with feeling.
 *
 * @param seed any number
 * @param temperature 0..2: of velocities, durations and timing
 * @param timingMillis how far an onset may lie from where it is written at most, 0..{@link #MOST_TIMING}; 0 keeps it
 *     exactly. The model chooses on its grid, a performer of 100 ticks per second every 10 ms: below half a tick
 *     nothing moves, below a tick an onset stays or moves by about as much as it may.
 */
public record HumanizeOptions(long seed, double temperature, int timingMillis) {
    public static final int DEFAULT_TIMING = 20;
    public static final int MOST_TIMING = 200;

    public HumanizeOptions {
        if (!(temperature >= 0 && temperature <= GenerationOptions.MAX_TEMPERATURE)) {
            throw new IllegalArgumentException(
                    "temperature (" + temperature + ") must be 0.." + GenerationOptions.MAX_TEMPERATURE);
        }
        if (timingMillis < 0 || timingMillis > MOST_TIMING) {
            throw new IllegalArgumentException("timingMillis (" + timingMillis + ") must be 0.." + MOST_TIMING);
        }
    }

    /** Temperature 1, 20 ms. */
    public static HumanizeOptions ofSeed(long seed) {
        return new HumanizeOptions(seed, 1, DEFAULT_TIMING);
    }
}
