package dev.cadenza.trainer.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * When training ends and how often it is measured.
 *
 * @param epochs passes over the training split, at least 1
 * @param minutes of training in all, resumed parts counted in, above 0; infinite for no limit
 * @param patience validations without a lower loss until training stops early, at least 1
 * @param validateEvery updates between validations, at least 1; each epoch ends with one too
 * @param updates in all, at least 1
 */
public record TrainingLimits(int epochs, double minutes, int patience, int validateEvery, long updates) {
    /** The source paper's 200 passes. */
    public static final TrainingLimits STANDARD =
            new TrainingLimits(200, Double.POSITIVE_INFINITY, 40, 200, Long.MAX_VALUE);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** No limit on updates. */
    public TrainingLimits(int epochs, double minutes, int patience, int validateEvery) {
        this(epochs, minutes, patience, validateEvery, Long.MAX_VALUE);
    }

    public TrainingLimits {
        atLeastOne("epochs", epochs);
        atLeastOne("patience", patience);
        atLeastOne("validate-every", validateEvery);
        atLeastOne("updates", updates);
        if (!(minutes > 0)) {
            throw new IllegalArgumentException("minutes (" + minutes + ") must be above 0");
        }
    }

    /** As JSON, keys in snake case; no limit of time is no {@code minutes}. */
    public ObjectNode toJson() {
        ObjectNode node = JSON.createObjectNode();
        node.put("epochs", epochs).put("patience", patience).put("validate_every", validateEvery);
        if (minutes < Double.POSITIVE_INFINITY) {
            node.put("minutes", minutes);
        }
        if (updates < Long.MAX_VALUE) {
            node.put("updates", updates);
        }
        return node;
    }

    /**
     * Reads what {@link #toJson} wrote; a missing field is the standard's.
     *
     * @throws IllegalArgumentException when a field is out of range
     */
    public static TrainingLimits fromJson(JsonNode node) {
        return new TrainingLimits(
                node.path("epochs").asInt(STANDARD.epochs()),
                node.path("minutes").asDouble(STANDARD.minutes()),
                node.path("patience").asInt(STANDARD.patience()),
                node.path("validate_every").asInt(STANDARD.validateEvery()),
                node.path("updates").asLong(STANDARD.updates()));
    }

    private static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " (" + value + ") must be at least 1");
        }
    }
}
