package dev.cadenza.notematrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Set;

/**
 * How the model kind {@code performer} sees a note matrix: every attribute of a note as a class.
 *
 * @param ticksPerSecond the grid, 1..1,000,000
 * @param intervals classes of the ticks since the note before
 * @param durations classes of a note's ticks; class 0 is never used, a note lasts at least one
 * @param velocityWidth velocities of a class, 1..127: class (v - 1) / width
 */
public record PerformerEncoding(int ticksPerSecond, TickClasses intervals, TickClasses durations, int velocityWidth) {
    /** The piano's lowest key. */
    public static final int LOWEST_PITCH = 21;

    /** The piano's keys. */
    public static final int KEYS = 88;

    private static final int VELOCITIES = 127;
    private static final Set<String> FIELDS =
            Set.of("ticks_per_second", "intervals", "durations", "lowest_pitch", "keys", "velocity_width");

    /** 10 ms ticks; times exact below a second, 24 buckets to 50 and to 20 seconds; 32 velocities. */
    public static final PerformerEncoding STANDARD =
            new PerformerEncoding(100, new TickClasses(100, 24, 5000), new TickClasses(100, 24, 2000), 4);

    public PerformerEncoding {
        check("ticksPerSecond", ticksPerSecond, 1, NoteMatrix.FINEST);
        check("velocityWidth", velocityWidth, 1, VELOCITIES);
    }

    /** How many classes velocities have. */
    public int velocityClasses() {
        return (VELOCITIES - 1) / velocityWidth + 1;
    }

    /** The class of a velocity in 1..127. */
    public int velocityClass(int velocity) {
        return (velocity - 1) / velocityWidth;
    }

    /** The velocity in the middle of a class, 1..127. */
    public int velocity(int ofClass) {
        return Math.min(VELOCITIES, ofClass * velocityWidth + 1 + velocityWidth / 2);
    }

    /** This encoding as JSON. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("ticks_per_second", ticksPerSecond);
        json.set("intervals", write(intervals));
        json.set("durations", write(durations));
        json.put("lowest_pitch", LOWEST_PITCH).put("keys", KEYS).put("velocity_width", velocityWidth);
        return json;
    }

    private static ObjectNode write(TickClasses classes) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("exact", classes.exact())
                .put("buckets", classes.buckets())
                .put("longest", classes.longest());
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException when a field is missing, unknown, of the wrong type or out of range; it is named
     */
    public static PerformerEncoding fromJson(JsonNode json) {
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException("encoding: field " + name + " is unknown");
            }
        }
        check("lowest_pitch", integer(json, "lowest_pitch"), LOWEST_PITCH, LOWEST_PITCH);
        check("keys", integer(json, "keys"), KEYS, KEYS);
        return new PerformerEncoding(
                integer(json, "ticks_per_second"),
                read(json, "intervals"),
                read(json, "durations"),
                integer(json, "velocity_width"));
    }

    private static TickClasses read(JsonNode json, String name) {
        JsonNode classes = json.path(name);
        return new TickClasses(integer(classes, "exact"), integer(classes, "buckets"), integer(classes, "longest"));
    }

    private static int integer(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isInt()) {
            throw new IllegalArgumentException("encoding: " + name + " (" + value + ") must be an integer");
        }
        return value.asInt();
    }

    private static void check(String name, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException("%s (%d) must be in %d..%d".formatted(name, value, lowest, highest));
        }
    }
}
