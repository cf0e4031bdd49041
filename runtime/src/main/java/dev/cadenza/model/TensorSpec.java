package dev.cadenza.model;

import java.util.Arrays;
import java.util.List;

/**
 * Name, type and dims of a graph's input or output.
 *
 * @param name the tensor's name in the graph
 * @param type {@code float32} or {@code int32}
 * @param shape one entry a dimension: a positive integer, or the name of a symbolic dimension ({@code seq},
 *     {@code batch})
 */
public record TensorSpec(String name, String type, List<String> shape) {
    public static final String FLOAT32 = "float32";
    public static final String INT32 = "int32";

    public TensorSpec {
        shape = List.copyOf(shape);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name must not be empty");
        }
        if (!type.equals(FLOAT32) && !type.equals(INT32)) {
            throw new IllegalArgumentException("type (" + type + ") must be " + FLOAT32 + " or " + INT32);
        }
        for (String dimension : shape) {
            if (!dimension.matches("[1-9][0-9]{0,8}|[a-z][a-z0-9_]*")) {
                throw new IllegalArgumentException(
                        "dimension (" + dimension + ") of " + name + " must be a positive integer or a name");
            }
        }
    }

    /** A tensor of dims that are numbers or names. */
    public static TensorSpec of(String name, String type, Object... shape) {
        return new TensorSpec(
                name, type, Arrays.stream(shape).map(String::valueOf).toList());
    }

    /** The dims as numbers, -1 for a symbolic one. */
    public long[] dims() {
        return shape.stream()
                .mapToLong(d -> Character.isDigit(d.charAt(0)) ? Long.parseLong(d) : -1)
                .toArray();
    }

    /** The dims of a run of so many steps and rows. */
    public long[] dims(int steps, int rows) {
        return shape.stream()
                .mapToLong(dim -> switch (dim) {
                    case "seq" -> steps;
                    case "batch" -> rows;
                    default -> Long.parseLong(dim);
                })
                .toArray();
    }

    /** Numbers of a run of so many steps and rows. */
    public long count(int steps, int rows) {
        return Arrays.stream(dims(steps, rows)).reduce(1, Math::multiplyExact);
    }

    @Override
    public String toString() {
        return name + " " + type + shape;
    }
}
