package dev.cadenza.generation.steering;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A name for several controls at once. Fields that are given go first. */
public enum Mood {
    /** Temperature 0.9, four notes per second, velocities up to 80. */
    CALM(0.9, 4, 80),
    /** As if no mood were given. */
    PLAIN(Double.NaN, Double.NaN, Steering.ALL_VELOCITIES.highest()),
    /** Temperature 1.15, 14 notes per second. */
    WILD(1.15, 14, Steering.ALL_VELOCITIES.highest());

    private final double temperature;
    private final double notesPerSecond;
    private final int loudest;

    Mood(double temperature, double notesPerSecond, int loudest) {
        this.temperature = temperature;
        this.notesPerSecond = notesPerSecond;
        this.loudest = loudest;
    }

    /** The temperature that it means; empty: the standard one. */
    public OptionalDouble temperature() {
        return Double.isNaN(temperature) ? OptionalDouble.empty() : OptionalDouble.of(temperature);
    }

    /** The density that it means; empty: none. */
    public OptionalDouble notesPerSecond() {
        return Double.isNaN(notesPerSecond) ? OptionalDouble.empty() : OptionalDouble.of(notesPerSecond);
    }

    /** The greatest velocity that it means. */
    public int loudest() {
        return loudest;
    }

    /** Its name in requests. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The mood of that name.
     *
     * @throws IllegalArgumentException if there is none; the message names all
     */
    public static Mood of(String id) {
        return Arrays.stream(values())
                .filter(mood -> mood.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("mood must be one of "
                        + Arrays.stream(values()).map(Mood::id).collect(Collectors.joining(", "))));
    }
}
