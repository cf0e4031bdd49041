package dev.cadenza.exporter.kind.performer;

import dev.cadenza.exporter.graph.Matrix;
import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerControls;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.PerformerFeatures;
import dev.cadenza.notematrix.RecallFeatures;
import java.util.Arrays;
import java.util.function.Consumer;

/** A performer's network in plain Java and double precision, note by note, from the encoder's features. */
final class PerformerOracle {
    static final double MASKED = -1e9;
    private static final PerformerEncoding ENCODING = PerformerEncoding.STANDARD;
    private static final int INTERVALS = 124;
    private static final int KEYS = 88;
    private static final int VELOCITIES = 32;
    private static final int DURATIONS = 124;

    private final PerformerFeatures features = new PerformerFeatures(ENCODING);
    private final PerformerWeights weights;
    private final RecallFeatures recalled;
    private final int units;
    private final double[] h;
    private final double[] c;

    PerformerOracle(PerformerWeights weights) {
        this.weights = weights;
        recalled = new RecallFeatures(features);
        units = weights.units();
        h = new double[weights.hidden()];
        c = new double[weights.hidden()];
    }

    double[] h() {
        return h.clone();
    }

    double[] c() {
        return c.clone();
    }

    void state(float[] newH, float[] newC) {
        for (int i = 0; i < h.length; i++) {
            h[i] = newH[i];
            c[i] = newC[i];
        }
    }

    /** Logits of the four attributes, masked, and how likely the note is in nats. */
    record Told(double[] interval, double[] pitch, double[] velocity, double[] duration, double[] logp) {}

    /** One step, which the LSTM's state takes. */
    Told step(int[] before, KeyState state, float[] controls, int[] recall, int[] note) {
        lstm(input(before, state, controls, recall));
        int interval = Math.min(note[0], ENCODING.intervals().longest());
        int key = note[1] - PerformerEncoding.LOWEST_PITCH;
        int duration = Math.min(note[3], ENCODING.durations().longest());
        int intervalClass = ENCODING.intervals().of(interval);
        int velocityClass = ENCODING.velocityClass(note[2]);
        int lastKey = before[1] < 0 ? -1 : before[1] - PerformerEncoding.LOWEST_PITCH;
        double[] forInterval = interval(state, lastKey, recall);
        double[] forPitch = pitch(state, lastKey, interval, intervalClass, recall);
        double[] forVelocity = velocity(intervalClass, key, recall);
        double[] forDuration = duration(state, interval, intervalClass, key, velocityClass, recall);
        double[] logp = {
            forInterval[intervalClass]
                    - lse(forInterval)
                    - Math.log(ENCODING.intervals().width(intervalClass)),
            forPitch[key] - lse(forPitch),
            forVelocity[velocityClass] - lse(forVelocity),
            duration(forDuration, state, interval, duration)
        };
        return new Told(forInterval, forPitch, forVelocity, forDuration, logp);
    }

    private double[] input(int[] before, KeyState state, float[] controls, int[] recall) {
        double[] x = new double[weights.features()];
        boolean start = before[0] < 0;
        int[] rows = {
            start ? INTERVALS : ENCODING.intervals().of(before[0]),
            start ? KEYS : before[1] - PerformerEncoding.LOWEST_PITCH,
            start ? VELOCITIES : ENCODING.velocityClass(before[2]),
            start ? DURATIONS : ENCODING.durations().of(before[3])
        };
        String[] names = {"Ei", "Ep", "Ev", "Ed"};
        int at = 0;
        for (int i = 0; i < rows.length; i++) {
            Matrix table = weights.of(names[i]);
            for (int column = 0; column < table.columns(); column++) {
                x[at++] = table.values()[rows[i] * table.columns() + column];
            }
        }
        float[] rest = new float[PerformerFeatures.SCALARS + PerformerFeatures.KEYS_WIDTH + PerformerControls.WIDTH];
        features.scalars(
                before[0],
                before[1] - PerformerEncoding.LOWEST_PITCH,
                before[2],
                Math.min(before[3], ENCODING.durations().longest()),
                rest,
                0);
        features.keys(state, 0, rest, PerformerFeatures.SCALARS);
        System.arraycopy(
                controls, 0, rest, PerformerFeatures.SCALARS + PerformerFeatures.KEYS_WIDTH, PerformerControls.WIDTH);
        for (float value : rest) {
            x[at++] = value;
        }
        if (weights.recalls()) {
            for (float value : seen(RecallFeatures.SCALARS, to -> recalled.scalars(recall, 0, to, 0))) {
                x[at++] = value;
            }
        }
        return x;
    }

    private void lstm(double[] x) {
        int hidden = h.length;
        double[] gates = new double[4 * hidden];
        for (int row = 0; row < gates.length; row++) {
            double sum = weights.bias()[row];
            for (int i = 0; i < x.length; i++) {
                sum += weights.input()[row * x.length + i] * x[i];
            }
            for (int i = 0; i < hidden; i++) {
                sum += weights.recurrent()[row * hidden + i] * h[i];
            }
            gates[row] = sum;
        }
        for (int i = 0; i < hidden; i++) {
            c[i] = sigmoid(gates[2 * hidden + i]) * c[i] + sigmoid(gates[i]) * Math.tanh(gates[3 * hidden + i]);
            h[i] = sigmoid(gates[hidden + i]) * Math.tanh(c[i]);
        }
    }

    private double[] interval(KeyState state, int lastKey, int[] recall) {
        float[] ends = new float[DURATIONS];
        features.ends(state, 0, ends, 0);
        double[] u = z(0);
        float[] before = seen(INTERVALS, to -> recalled.interval(recall, 0, to, 0));
        add(u, ends, "Ri");
        addRecalled(u, before, "Mi");
        double[] logits = logits(u, "Oi", "ci");
        add(logits, ends, "Di");
        addRecalled(logits, before, "Ni");
        boolean above = lastKey < 0;
        for (int key = lastKey + 1; key < KEYS; key++) {
            above |= state.remaining(key, 0) == 0;
        }
        if (!above) {
            logits[0] = MASKED;
        }
        return logits;
    }

    private double[] pitch(KeyState state, int lastKey, int interval, int intervalClass, int[] recall) {
        float[] keys = new float[PerformerFeatures.KEYS_WIDTH];
        features.keys(state, interval, keys, 0);
        double[] u = z(1);
        add(u, "Ip", intervalClass);
        add(u, keys, "Kp");
        float[] before = seen(RecallFeatures.KEYS_WIDTH, to -> recalled.keys(recall, 0, to, 0));
        addRecalled(u, before, "Mp");
        double[] logits = logits(u, "Op", "cp");
        add(logits, keys, "Dp");
        addRecalled(logits, before, "Np");
        for (int key = 0; key < KEYS; key++) {
            if (state.remaining(key, interval) > 0 || (interval == 0 && key <= lastKey)) {
                logits[key] = MASKED;
            }
        }
        return logits;
    }

    private double[] velocity(int intervalClass, int key, int[] recall) {
        double[] u = z(2);
        add(u, "Iv", intervalClass);
        add(u, "Pv", key);
        int pitch = key + PerformerEncoding.LOWEST_PITCH;
        float[] before = seen(VELOCITIES, to -> recalled.velocity(recall, 0, pitch, to, 0));
        addRecalled(u, before, "Mv");
        double[] logits = logits(u, "Ov", "cv");
        addRecalled(logits, before, "Nv");
        return logits;
    }

    private double[] duration(
            KeyState state, int interval, int intervalClass, int key, int velocityClass, int[] recall) {
        float[] ends = new float[DURATIONS];
        features.ends(state, interval, ends, 0);
        int[] copies = new int[PerformerFeatures.COPIES];
        features.copies(state, interval, copies, 0);
        float[] copyFeatures = new float[PerformerFeatures.COPIES_WIDTH];
        features.copies(copies, 0, copyFeatures, 0);
        double[] u = z(3);
        add(u, "Id", intervalClass);
        add(u, "Pd", key);
        add(u, "Vd", velocityClass);
        add(u, ends, "Rd");
        add(u, copyFeatures, "Fd");
        int pitch = key + PerformerEncoding.LOWEST_PITCH;
        float[] before = seen(DURATIONS, to -> recalled.duration(recall, 0, pitch, to, 0));
        addRecalled(u, before, "Md");
        double[] logits = logits(u, "Od", "cd");
        double[] classes = Arrays.copyOf(logits, DURATIONS);
        add(classes, ends, "Dd");
        addRecalled(classes, before, "Nd");
        double[] last = Arrays.copyOfRange(logits, DURATIONS, logits.length);
        add(last, copyFeatures, "Gd");
        System.arraycopy(classes, 0, logits, 0, DURATIONS);
        System.arraycopy(last, 0, logits, DURATIONS, last.length);
        logits[0] = MASKED;
        for (int copy = 0; copy < copies.length; copy++) {
            if (copies[copy] < 1) {
                logits[DURATIONS + copy] = MASKED;
            }
        }
        return logits;
    }

    private double duration(double[] logits, KeyState state, int interval, int duration) {
        int[] copies = new int[PerformerFeatures.COPIES];
        features.copies(state, interval, copies, 0);
        int itsClass = ENCODING.durations().of(duration);
        double sum =
                Math.exp(logits[itsClass] - lse(logits)) / ENCODING.durations().width(itsClass);
        for (int copy = 0; copy < copies.length; copy++) {
            if (copies[copy] == duration) {
                sum += Math.exp(logits[DURATIONS + copy] - lse(logits));
            }
        }
        return Math.log(sum);
    }

    /** A head's block of h Wh + bh. */
    private double[] z(int head) {
        double[] z = new double[units];
        float[] matrix = weights.of("Wh").values();
        for (int unit = 0; unit < units; unit++) {
            int column = head * units + unit;
            z[unit] = weights.of("bh").values()[column];
            for (int i = 0; i < h.length; i++) {
                z[unit] += h[i] * matrix[i * 4 * units + column];
            }
        }
        return z;
    }

    private double[] logits(double[] u, String name, String bias) {
        Matrix matrix = weights.of(name);
        double[] logits = new double[matrix.columns()];
        for (int column = 0; column < logits.length; column++) {
            logits[column] = weights.of(bias).values()[column];
            for (int unit = 0; unit < u.length; unit++) {
                logits[column] += Math.tanh(u[unit]) * matrix.values()[unit * logits.length + column];
            }
        }
        return logits;
    }

    private static float[] seen(int width, Consumer<float[]> writer) {
        float[] values = new float[width];
        writer.accept(values);
        return values;
    }

    private void addRecalled(double[] to, float[] seen, String name) {
        if (weights.recalls()) {
            add(to, seen, name);
        }
    }

    private void add(double[] to, float[] seen, String name) {
        float[] matrix = weights.of(name).values();
        for (int i = 0; i < seen.length; i++) {
            for (int column = 0; column < to.length; column++) {
                to[column] += (double) seen[i] * matrix[i * to.length + column];
            }
        }
    }

    private void add(double[] to, String table, int row) {
        float[] values = weights.of(table).values();
        for (int column = 0; column < to.length; column++) {
            to[column] += values[row * to.length + column];
        }
    }

    static double lse(double[] logits) {
        double highest = Arrays.stream(logits).max().orElseThrow();
        return highest
                + Math.log(Arrays.stream(logits)
                        .map(logit -> Math.exp(logit - highest))
                        .sum());
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
