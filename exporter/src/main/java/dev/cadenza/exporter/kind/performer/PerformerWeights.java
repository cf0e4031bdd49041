package dev.cadenza.exporter.kind.performer;

import dev.cadenza.exporter.graph.Matrix;
import dev.cadenza.notematrix.PerformerControls;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.PerformerFeatures;
import dev.cadenza.notematrix.RecallFeatures;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The parameters of a performer's network, row-major. With H units of the LSTM and U units of each head, rows count what
 * goes in and columns what comes out:
 *
 * <pre>
 * embeddings of the note before   Ei [125, 48]  Ep [89, 64]  Ev [33, 32]  Ed [125, 48]; the last row: start of a piece
 * all heads                       Wh [H, 4U]    bh [1, 4U]
 * interval                        Ri [124, U]   Oi [U, 124]  ci [1, 124]  Di [124, 124]
 * pitch                           Ip [124, U]   Kp [440, U]  Op [U, 88]   cp [1, 88]   Dp [440, 88]
 * velocity                        Iv [124, U]   Pv [88, U]   Ov [U, 32]   cv [1, 32]
 * duration                        Id [124, U]   Pd [88, U]   Vd [32, U]   Rd [124, U]  Fd [8, U]
 *                                 Od [U, 128]   cd [1, 128]  Dd [124, 124]             Gd [8, 4]
 * what is recalled, if anything   Mi [124, U]   Ni [124, 124]  Mp [264, U]  Np [264, 88]  Mv [32, U]  Nv [32, 32]
 *                                 Md [124, U]   Nd [124, 124]
 * </pre>
 *
 * The LSTM's are in ONNX's layout, its gates in the order input, output, forget, candidate.
 *
 * @param hidden H
 * @param units U
 * @param input {@code [4H, X]}; X is {@link #features} and its columns are: embeddings of interval, key, velocity,
 *     duration; {@link PerformerFeatures#scalars}; {@link PerformerFeatures#keys}; {@link PerformerControls#write}; if it
 *     recalls, {@link RecallFeatures#scalars}
 * @param recurrent {@code [4H, H]}
 * @param bias {@code [4H]}
 * @param matrices all others, by name
 */
@SuppressWarnings("ArrayRecordComponent") // Megabytes on their way into a file, never compared.
record PerformerWeights(
        int hidden, int units, float[] input, float[] recurrent, float[] bias, Map<String, Matrix> matrices) {
    /** What a duration's logits are for: the classes, then the copies. */
    static final int DURATION_CHOICES = PerformerEncoding.STANDARD.durations().count() + PerformerFeatures.COPIES;

    /** A parameter that only a network with recall has. */
    private static final String RECALLS = "Mi";

    private static final int EMBEDDED = 48 + 64 + 32 + 48;

    /** Column of the LSTM's input where the keys' numbers begin. */
    static final int FIRST_KEY_FEATURE = EMBEDDED + PerformerFeatures.SCALARS;

    private static final int INTERVALS = PerformerEncoding.STANDARD.intervals().count();
    private static final int DURATIONS = PerformerEncoding.STANDARD.durations().count();
    private static final int VELOCITIES = PerformerEncoding.STANDARD.velocityClasses();
    private static final int KEYS = PerformerEncoding.KEYS;

    PerformerWeights {
        Map<String, int[]> shapes = shapes(hidden, units, matrices.containsKey(RECALLS));
        if (!matrices.keySet().equals(shapes.keySet())) {
            throw new IllegalArgumentException("matrices " + matrices.keySet() + " must be " + shapes.keySet());
        }
        for (Map.Entry<String, int[]> shape : shapes.entrySet()) {
            String name = shape.getKey();
            Matrix matrix = Objects.requireNonNull(matrices.get(name));
            int rows = shape.getValue()[0];
            int columns = shape.getValue()[1];
            if (matrix.rows() != rows || matrix.columns() != columns) {
                throw new IllegalArgumentException(name + " [" + matrix.rows() + ", " + matrix.columns() + "] must be ["
                        + rows + ", " + columns + "]");
            }
        }
        requireLength("input", input, 4L * hidden * features(matrices.containsKey(RECALLS)));
        requireLength("recurrent", recurrent, 4L * hidden * hidden);
        requireLength("bias", bias, 4L * hidden);
        matrices = Collections.unmodifiableMap(new LinkedHashMap<>(matrices));
    }

    /** Rows and columns of every matrix by name, in the order of the network's layers. */
    static Map<String, int[]> shapes(int hidden, int units, boolean recalls) {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("Ei", new int[] {INTERVALS + 1, 48});
        shapes.put("Ep", new int[] {KEYS + 1, 64});
        shapes.put("Ev", new int[] {VELOCITIES + 1, 32});
        shapes.put("Ed", new int[] {DURATIONS + 1, 48});
        shapes.put("Wh", new int[] {hidden, 4 * units});
        shapes.put("bh", new int[] {1, 4 * units});
        shapes.put("Ri", new int[] {DURATIONS, units});
        shapes.put("Oi", new int[] {units, INTERVALS});
        shapes.put("ci", new int[] {1, INTERVALS});
        shapes.put("Di", new int[] {DURATIONS, INTERVALS});
        shapes.put("Ip", new int[] {INTERVALS, units});
        shapes.put("Kp", new int[] {PerformerFeatures.KEYS_WIDTH, units});
        shapes.put("Op", new int[] {units, KEYS});
        shapes.put("cp", new int[] {1, KEYS});
        shapes.put("Dp", new int[] {PerformerFeatures.KEYS_WIDTH, KEYS});
        shapes.put("Iv", new int[] {INTERVALS, units});
        shapes.put("Pv", new int[] {KEYS, units});
        shapes.put("Ov", new int[] {units, VELOCITIES});
        shapes.put("cv", new int[] {1, VELOCITIES});
        shapes.put("Id", new int[] {INTERVALS, units});
        shapes.put("Pd", new int[] {KEYS, units});
        shapes.put("Vd", new int[] {VELOCITIES, units});
        shapes.put("Rd", new int[] {DURATIONS, units});
        shapes.put("Fd", new int[] {PerformerFeatures.COPIES_WIDTH, units});
        shapes.put("Od", new int[] {units, DURATION_CHOICES});
        shapes.put("cd", new int[] {1, DURATION_CHOICES});
        shapes.put("Dd", new int[] {DURATIONS, DURATIONS});
        shapes.put("Gd", new int[] {PerformerFeatures.COPIES_WIDTH, PerformerFeatures.COPIES});
        if (recalls) {
            shapes.put("Mi", new int[] {INTERVALS, units});
            shapes.put("Ni", new int[] {INTERVALS, INTERVALS});
            shapes.put("Mp", new int[] {RecallFeatures.KEYS_WIDTH, units});
            shapes.put("Np", new int[] {RecallFeatures.KEYS_WIDTH, KEYS});
            shapes.put("Mv", new int[] {VELOCITIES, units});
            shapes.put("Nv", new int[] {VELOCITIES, VELOCITIES});
            shapes.put("Md", new int[] {DURATIONS, units});
            shapes.put("Nd", new int[] {DURATIONS, DURATIONS});
        }
        return shapes;
    }

    /** Width of the LSTM's input. */
    static int features(boolean recalls) {
        int first = FIRST_KEY_FEATURE + PerformerFeatures.KEYS_WIDTH + PerformerControls.WIDTH;
        return recalls ? first + RecallFeatures.SCALARS : first;
    }

    /** Width of this network's input. */
    int features() {
        return features(recalls());
    }

    /** Whether the network sees what is recalled. */
    boolean recalls() {
        return matrices.containsKey(RECALLS);
    }

    /** The matrix of that name. */
    Matrix of(String name) {
        return Objects.requireNonNull(matrices.get(name), name);
    }

    /** Numbers that training set. */
    long parameters() {
        return (long) input.length
                + recurrent.length
                + bias.length
                + matrices.values().stream()
                        .mapToLong(matrix -> matrix.values().length)
                        .sum();
    }

    private static void requireLength(String name, float[] values, long length) {
        if (values.length != length) {
            throw new IllegalArgumentException(name + " (" + values.length + " numbers) must have " + length);
        }
    }
}
