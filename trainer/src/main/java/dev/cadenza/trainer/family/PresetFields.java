package dev.cadenza.trainer.family;

import com.fasterxml.jackson.databind.JsonNode;

/** Checks of a preset's fields, which name the field that is wrong. */
public final class PresetFields {
    private PresetFields() {}

    /**
     * A number of a preset's JSON.
     *
     * @throws IllegalArgumentException when it is missing or no number
     */
    public static JsonNode required(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(field + " (" + value + ") must be a number");
        }
        return value;
    }

    /**
     * Holds a number against its bounds, both included.
     *
     * @throws IllegalArgumentException when it lies outside
     */
    public static void inRange(String name, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(name + " (" + value + ") must be in " + lowest + ".." + highest);
        }
    }
}
