package dev.cadenza.pianoroll;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * How the model kind {@code roll} sees a piece: steps of one length, each the set of keys that sound in it.
 *
 * @param architecture of the network: {@code lstm}, {@code tp-lstm-nade} or {@code balstm}
 * @param stepMillis how long a step lasts when it is played, 1..10,000; a corpus whose steps are parts of a beat has no
 *     tempo, and 250 is its eighth note at 120 beats a minute
 */
public record RollEncoding(String architecture, int stepMillis) {
    /** An eighth note at 120 beats a minute. */
    public static final int EIGHTH_MILLIS = 250;

    /** The period of the metrical position that the network gets, in steps. */
    public static final int BEAT_STEPS = 16;

    private static final int LONGEST_MILLIS = 10_000;
    private static final Set<String> ARCHITECTURES = Set.of("lstm", "tp-lstm-nade", "balstm");
    private static final Set<String> FIELDS = Set.of("architecture", "step_ms", "lowest_pitch", "keys", "beat_steps");

    public RollEncoding {
        if (!ARCHITECTURES.contains(architecture)) {
            throw new IllegalArgumentException(
                    "architecture (" + architecture + ") must be lstm, tp-lstm-nade or balstm");
        }
        if (stepMillis < 1 || stepMillis > LONGEST_MILLIS) {
            throw new IllegalArgumentException("step_ms (" + stepMillis + ") must be in 1.." + LONGEST_MILLIS);
        }
    }

    /** This encoding as JSON. */
    public ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("architecture", architecture)
                .put("step_ms", stepMillis)
                .put("lowest_pitch", PianoRoll.LOWEST_PITCH)
                .put("keys", PianoRoll.KEYS)
                .put("beat_steps", BEAT_STEPS);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException when a field is missing, unknown, of the wrong type or out of range; it is named
     */
    public static RollEncoding fromJson(JsonNode json) {
        json.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException("encoding: field " + name + " is unknown");
            }
        });
        require(json, "lowest_pitch", PianoRoll.LOWEST_PITCH);
        require(json, "keys", PianoRoll.KEYS);
        require(json, "beat_steps", BEAT_STEPS);
        return new RollEncoding(json.path("architecture").asText(), integer(json, "step_ms"));
    }

    private static void require(JsonNode json, String name, int expected) {
        int value = integer(json, name);
        if (value != expected) {
            throw new IllegalArgumentException("encoding: " + name + " (" + value + ") must be " + expected);
        }
    }

    private static int integer(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isInt()) {
            throw new IllegalArgumentException("encoding: " + name + " (" + value + ") must be an integer");
        }
        return value.asInt();
    }
}
