package dev.cadenza.exporter.kind.performer;

import dev.cadenza.exporter.graph.Matrix;
import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerControls;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.Recall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Networks of random weights, pieces of random notes, and runs of them. */
public final class RandomPerformers {
    private static final PerformerEncoding ENCODING = PerformerEncoding.STANDARD;

    private RandomPerformers() {}

    /** About as large as trained ones: sums of what goes in have a deviation of about 1. */
    static PerformerWeights weights(int hidden, int units, long seed) {
        return weights(hidden, units, seed, true);
    }

    /** The same, of a network that recalls or one of the first, that do not. */
    static PerformerWeights weights(int hidden, int units, long seed, boolean recalls) {
        Random random = new Random(seed);
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        PerformerWeights.shapes(hidden, units, recalls).forEach((name, shape) -> {
            boolean looksUp = shape[0] == 1 || (shape[0] > 8 && shape[0] < 126);
            double deviation = looksUp ? 0.3 : 1 / Math.sqrt(shape[0]);
            matrices.put(name, new Matrix(shape[0], shape[1], normals(random, shape[0] * shape[1], deviation)));
        });
        int inputs = PerformerWeights.features(recalls);
        return new PerformerWeights(
                hidden,
                units,
                normals(random, 4 * hidden * inputs, 0.1),
                normals(random, 4 * hidden * hidden, 0.7 / Math.sqrt(hidden)),
                normals(random, 4 * hidden, 0.3),
                matrices);
    }

    static float[] normals(Random random, int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return values;
    }

    static float[] gumbels(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) -Math.log(-Math.log((random.nextInt(1 << 24) + 0.5) / (1 << 24)));
        }
        return values;
    }

    static float[] uniforms(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    /** The next note of a piece that a piano can play: chords, repeated keys, notes that end together, long ones. */
    public static int[] note(Random random, KeyState state, int lastPitch) {
        int interval = random.nextInt(3) == 0 ? 0 : random.nextInt(25) == 0 ? random.nextInt(6000) : random.nextInt(60);
        int key = -1;
        for (int tries = 0; key < 0; tries++) {
            int candidate = tries > 50 ? random.nextInt(88) : 30 + random.nextInt(30);
            boolean ascends = interval > 0 || candidate + PerformerEncoding.LOWEST_PITCH > lastPitch;
            if (ascends && state.remaining(candidate, interval) == 0) {
                key = candidate;
            }
            interval = tries == 100 ? 2000 : interval;
        }
        int copy = state.lastEnd(random.nextInt(KeyState.LAST_ENDS), interval);
        int duration = random.nextInt(3) == 0 && copy > 0
                ? copy
                : 1 + (random.nextInt(20) == 0 ? random.nextInt(4000) : random.nextInt(200));
        return new int[] {interval, key + PerformerEncoding.LOWEST_PITCH, 1 + random.nextInt(127), duration};
    }

    /** Pieces from the start, everything given, with the state of the keys at every step. */
    static PerformerCall piece(Random random, int steps, int rows, int hidden) {
        PerformerCall call = PerformerCall.start(steps, rows, hidden);
        for (int row = 0; row < rows; row++) {
            KeyState state = new KeyState(ENCODING);
            Recall recall = new Recall(ENCODING);
            int[] last = {-1, -1, -1, -1};
            for (int step = 0; step < steps; step++) {
                int cell = step * rows + row;
                int[] next = note(random, state, last[1]);
                System.arraycopy(last, 0, call.note(), cell * 4, 4);
                System.arraycopy(next, 0, call.forced(), cell * 4, 4);
                state.write(call.keys(), cell * PerformerCall.KEYS, call.ends(), cell * KeyState.LAST_ENDS);
                recall(random, recall, call.recall(), cell * Recall.WIDTH);
                controls(random).write(call.controls(), cell * PerformerControls.WIDTH);
                state.strike(next[0], next[1] - PerformerEncoding.LOWEST_PITCH, next[2], next[3]);
                recall.strike(next[0], next[1], next[2], next[3]);
                last = next;
            }
        }
        return call;
    }

    /** What is recalled, or as random pieces repeat nothing, what might be. */
    private static void recall(Random random, Recall heard, int[] to, int at) {
        heard.write(to, at);
        if (random.nextBoolean()) {
            return;
        }
        to[at] = Recall.LEAST + random.nextInt(Recall.BEST - Recall.LEAST + 1);
        for (int note = 0; note < Recall.NOTES; note++) {
            int from = at + 1 + note * Recall.PER_NOTE;
            boolean there = note == 0 || random.nextInt(4) > 0;
            to[from] = there ? random.nextInt(120) : Recall.NOTHING;
            to[from + 1] = there ? 50 + random.nextInt(20) : Recall.NOTHING;
            to[from + 2] = there ? 1 + random.nextInt(127) : Recall.NOTHING;
            to[from + 3] = there ? 1 + random.nextInt(2000) : Recall.NOTHING;
        }
    }

    private static PerformerControls controls(Random random) {
        if (random.nextBoolean()) {
            return PerformerControls.NONE;
        }
        float[] profile = new float[PerformerControls.CLASSES];
        profile[random.nextInt(profile.length)] = 0.75f;
        profile[random.nextInt(profile.length)] += 0.25f;
        return new PerformerControls(1 + random.nextInt(20), 40 + random.nextInt(50), profile);
    }

    /** Single steps in the middle of pieces, everything open, with noise and any settings. */
    static PerformerCall middle(Random random, int rows, int hidden) {
        int steps = 12;
        PerformerCall pieces = piece(random, steps, rows, hidden);
        PerformerCall last =
                pieces.step(steps - 1, normals(random, rows * hidden, 0.5), normals(random, rows * hidden, 1));
        float[] temperature = new float[rows];
        float[] topP = new float[rows];
        float[] minP = new float[rows];
        for (int row = 0; row < rows; row++) {
            temperature[row] = random.nextInt(6) == 0 ? 0 : (float) (0.3 + 1.5 * random.nextDouble());
            topP[row] = random.nextInt(3) == 0 ? 1 : random.nextFloat();
            minP[row] = random.nextInt(3) == 0 ? 0 : random.nextFloat() * 0.2f;
        }
        float[] bias = normals(random, rows * PerformerCall.LOGITS, 0.5);
        for (int i = 0; i < bias.length; i++) {
            bias[i] = random.nextInt(10) == 0 ? -1e9f : bias[i];
        }
        return last.with(PerformerCall.filled(rows * 4, -1))
                .with(gumbels(random, rows * PerformerCall.LOGITS), uniforms(random, rows * 3))
                .with(temperature, topP, minP, bias);
    }
}
