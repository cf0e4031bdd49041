package dev.cadenza.notematrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** The JSON form of {@link PaperEncoding}. */
final class PaperEncodingJson {
    private static final String TICKS_PER_SECOND = "ticks_per_second";
    private static final String COLUMNS = "columns";
    private static final String INTERVAL_CLIP_TICKS = "interval_clip_ticks";
    private static final String PITCH_SCALE = "pitch_scale";
    private static final String VELOCITY_SCALE = "velocity_scale";
    private static final String DEVIATIONS = "deviations";
    private static final String DURATION_INTERVAL_BOUNDS = "duration_interval_bounds";
    private static final String DURATION_MEDIANS = "duration_medians";
    private static final Set<String> FIELDS = Set.of(
            TICKS_PER_SECOND,
            COLUMNS,
            INTERVAL_CLIP_TICKS,
            PITCH_SCALE,
            VELOCITY_SCALE,
            DEVIATIONS,
            DURATION_INTERVAL_BOUNDS,
            DURATION_MEDIANS);
    private static final List<String> COLUMN_NAMES = List.of("interval", "pitch", "velocity");

    private PaperEncodingJson() {}

    static ObjectNode write(PaperEncoding encoding) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(TICKS_PER_SECOND, encoding.ticksPerSecond());
        ArrayNode columns = json.putArray(COLUMNS);
        COLUMN_NAMES.forEach(columns::add);
        json.put(INTERVAL_CLIP_TICKS, encoding.intervalClipTicks());
        json.put(PITCH_SCALE, PaperEncoding.PITCH_SCALE);
        json.put(VELOCITY_SCALE, PaperEncoding.VELOCITY_SCALE);
        ArrayNode deviations = json.putArray(DEVIATIONS);
        for (float deviation : encoding.deviations()) {
            // The shortest digits that give the float back, as the number that a parser makes of them.
            deviations.add(Double.parseDouble(Float.toString(deviation)));
        }
        ArrayNode bounds = json.putArray(DURATION_INTERVAL_BOUNDS);
        for (int bound : encoding.durationIntervalBounds()) {
            bounds.add(bound);
        }
        ArrayNode medians = json.putArray(DURATION_MEDIANS);
        for (int median : encoding.durationMedians()) {
            medians.add(median);
        }
        return json;
    }

    static PaperEncoding read(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("encoding (" + json.getNodeType() + ") must be a JSON object");
        }
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException("encoding has the unknown field " + name);
            }
        }
        checkColumns(json);
        checkConstant(json, PITCH_SCALE, PaperEncoding.PITCH_SCALE);
        checkConstant(json, VELOCITY_SCALE, PaperEncoding.VELOCITY_SCALE);
        return new PaperEncoding(
                integer(json, TICKS_PER_SECOND),
                integer(json, INTERVAL_CLIP_TICKS),
                floats(json, DEVIATIONS),
                integers(json, DURATION_INTERVAL_BOUNDS),
                integers(json, DURATION_MEDIANS));
    }

    private static void checkColumns(JsonNode json) {
        JsonNode columns = field(json, COLUMNS);
        boolean known = columns.isArray() && columns.size() == COLUMN_NAMES.size();
        for (int i = 0; known && i < COLUMN_NAMES.size(); i++) {
            known = columns.get(i).isTextual() && columns.get(i).textValue().equals(COLUMN_NAMES.get(i));
        }
        if (!known) {
            throw new IllegalArgumentException(COLUMNS + " (" + columns + ") must be " + COLUMN_NAMES);
        }
    }

    private static void checkConstant(JsonNode json, String name, int expected) {
        int value = integer(json, name);
        if (value != expected) {
            throw new IllegalArgumentException(name + " (" + value + ") must be " + expected);
        }
    }

    private static JsonNode field(JsonNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null) {
            throw new IllegalArgumentException("encoding lacks the field " + name);
        }
        return value;
    }

    private static JsonNode array(JsonNode json, String name) {
        JsonNode value = field(json, name);
        if (!value.isArray()) {
            throw new IllegalArgumentException(name + " (" + value + ") must be an array");
        }
        return value;
    }

    private static int integer(JsonNode json, String name) {
        return integerOf(field(json, name), name);
    }

    private static int integerOf(JsonNode value, String name) {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new IllegalArgumentException(name + " (" + value + ") must be a 32-bit integer");
        }
        return value.intValue();
    }

    private static int[] integers(JsonNode json, String name) {
        JsonNode values = array(json, name);
        int[] integers = new int[values.size()];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = integerOf(values.get(i), name);
        }
        return integers;
    }

    private static float[] floats(JsonNode json, String name) {
        JsonNode values = array(json, name);
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            if (!values.get(i).isNumber()) {
                throw new IllegalArgumentException(name + " (" + values.get(i) + ") must be a number");
            }
            floats[i] = values.get(i).floatValue();
        }
        return floats;
    }
}
