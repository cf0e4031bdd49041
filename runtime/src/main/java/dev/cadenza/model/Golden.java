package dev.cadenza.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What {@code golden.json} holds: a fixed piece, and what the graph must answer to it. Batch 1, zero state, zero noise,
 * temperature 1.
 *
 * @param format this runtime knows 1
 * @param note the input {@code note}, one list of four a step
 * @param forced the input {@code forced}, as many steps
 * @param outputs the expected outputs by name
 * @param tolerance how far an answer may lie from the expected one
 */
public record Golden(
        int format,
        List<List<Integer>> note,
        List<List<Integer>> forced,
        SortedMap<String, Tensor> outputs,
        Tolerance tolerance) {
    public static final int FORMAT = 1;
    private static final int ATTRIBUTES = 4;
    private static final int MAX_STEPS = 4096;

    /**
     * An expected output.
     *
     * @param shape its dims
     * @param data row-major, finite
     */
    public record Tensor(List<Integer> shape, List<Float> data) {
        public Tensor {
            shape = List.copyOf(shape);
            data = List.copyOf(data);
            long elements = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
            if (elements != data.size()) {
                throw new IllegalArgumentException("shape " + shape + " must hold " + data.size() + " numbers");
            }
            for (float value : data) {
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException("data (" + value + ") must be finite");
                }
            }
        }

        public static Tensor of(float[] data, Integer... shape) {
            Float[] boxed = new Float[data.length];
            Arrays.setAll(boxed, i -> data[i]);
            return new Tensor(List.of(shape), Arrays.asList(boxed));
        }
    }

    /** An answer a is right for b if |a - b| is at most absolute + relative |b|. */
    public record Tolerance(double absolute, double relative) {
        public static final Tolerance EXPORT = new Tolerance(1e-5, 1e-5);

        public Tolerance {
            if (!(absolute >= 0 && absolute <= 1 && relative >= 0 && relative <= 1)) {
                throw new IllegalArgumentException(
                        "tolerance (" + absolute + ", " + relative + ") must lie within 0..1");
            }
        }

        public boolean accepts(float actual, float expected) {
            return Math.abs((double) actual - expected) <= absolute + relative * Math.abs((double) expected);
        }
    }

    public Golden {
        note = note.stream().map(List::copyOf).toList();
        forced = forced.stream().map(List::copyOf).toList();
        outputs = Collections.unmodifiableSortedMap(new TreeMap<>(outputs));
        if (note.isEmpty() || note.size() > MAX_STEPS || forced.size() != note.size()) {
            throw new IllegalArgumentException("note (" + note.size() + " steps) and forced (" + forced.size()
                    + ") must have the same 1.." + MAX_STEPS + " steps");
        }
        Stream.concat(note.stream(), forced.stream()).forEach(row -> {
            if (row.size() != ATTRIBUTES) {
                throw new IllegalArgumentException("row " + row + " must have " + ATTRIBUTES + " attributes");
            }
        });
    }

    /** Steps of the piece. */
    public int steps() {
        return note.size();
    }

    /** The input {@code note}, {@code [steps, 1, 4]} row-major. */
    public int[] noteRows() {
        return flat(note);
    }

    /** The input {@code forced}, {@code [steps, 1, 4]} row-major. */
    public int[] forcedRows() {
        return flat(forced);
    }

    /**
     * Reads {@code golden.json}.
     *
     * @throws IOException if it is not JSON, or a field is missing, has the wrong type or an impossible value
     */
    static Golden parse(byte[] json) throws IOException {
        return ModelJson.MAPPER.readValue(json, Golden.class);
    }

    public byte[] toJson() {
        try {
            return (ModelJson.MAPPER
                                    .writer()
                                    .without(SerializationFeature.INDENT_OUTPUT)
                                    .writeValueAsString(this) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a golden piece can always be written", e);
        }
    }

    private static int[] flat(List<List<Integer>> rows) {
        return rows.stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
    }
}
