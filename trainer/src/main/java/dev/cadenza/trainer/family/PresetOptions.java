package dev.cadenza.trainer.family;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of a preset; null for what was not.
 *
 * @param given the value of every option on the command line, by its name without dashes
 */
public record PresetOptions(
        @Nullable Integer hidden,
        @Nullable Integer window,
        @Nullable Integer batch,
        @Nullable Double learningRate,
        @Nullable Double keep,
        boolean carry,
        @Nullable Long seed,
        @Nullable Integer updates,
        @Nullable Integer stepMillis,
        Map<String, Object> given) {

    /**
     * Refuses options that a preset does not know.
     *
     * @param names without dashes
     * @throws WrongUsageException when one of them was given
     */
    public void refuse(String preset, String... names) {
        for (String name : names) {
            if (given.containsKey(name)) {
                throw new WrongUsageException(
                        "--" + name + " (" + given.get(name) + ") does not go with the preset " + preset);
            }
        }
    }

    /** The value that was asked for, else the other. */
    public static <T> T or(@Nullable T asked, T otherwise) {
        return asked == null ? otherwise : asked;
    }
}
