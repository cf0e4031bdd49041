package dev.cadenza.exporter.kind.roll;

import dev.cadenza.exporter.graph.Expressions;
import dev.cadenza.exporter.graph.Matrix;
import dev.cadenza.exporter.graph.OnnxAttribute;
import dev.cadenza.exporter.graph.OnnxGraph;
import dev.cadenza.exporter.graph.OnnxOperator;
import dev.cadenza.exporter.graph.OnnxRef;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.pianoroll.RollEncoding;
import dev.cadenza.trainer.roll.KeyFeatures;
import dev.cadenza.trainer.roll.head.NadeHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The graph of kind {@code roll}: the keys of the step before in, those of the next step out, each drawn given the ones
 * below it, in one loop over the keys whether they are given or not.
 *
 * <pre>
 * z       log-odds by key, of the architecture's head
 * drawn   uniform < 1 / (1 + exp(-z / max(temperature, 1e-6)))
 * next    forced where it is 0 or 1, else drawn
 * logp    ln p(next) at temperature 1, by key
 * </pre>
 *
 * A temperature of 0 takes a key whose log-odds are above 0. logp is a softmax of [z, 0]: there is no {@code Log} in the
 * graph, whose kernel gives other bits in other batches.
 */
final class RollGraph {
    private static final int KEYS = PianoRoll.KEYS;
    private static final int CLASSES = 12;
    private static final int STATIC = 1 + CLASSES;
    private static final float COLDEST = 1e-6f;

    private final Expressions x;
    private final RollWeights weights;
    private final Map<String, OnnxRef> in = new HashMap<>();

    private RollGraph(OnnxGraph graph, RollWeights weights, GraphSignature signature) {
        this.weights = weights;
        x = new Expressions(graph);
        signature.inputs().forEach(spec -> in.put(spec.name(), graph.input(spec)));
    }

    /**
     * The bytes of the file.
     *
     * @param signature of a graph with a state of that size
     * @param producerVersion version of this project
     * @param metadata goes into the file as it is
     */
    static byte[] write(
            RollWeights weights, GraphSignature signature, String producerVersion, Map<String, String> metadata) {
        OnnxGraph graph = new OnnxGraph("cadenza-roll");
        new RollGraph(graph, weights, signature).build();
        signature.outputs().forEach(graph::output);
        return graph.toModel(
                producerVersion,
                "Next-step function of a piano roll: the step before in, the next step out, LSTM state in and out.",
                metadata);
    }

    private OnnxRef in(String name) {
        return Objects.requireNonNull(in.get(name), name);
    }

    private void build() {
        OnnxRef roll = x.toFloat(x.max(in("roll"), x.number(0)));
        OnnxRef places = x.mod(in("position"), x.number(RollEncoding.BEAT_STEPS));
        OnnxRef beat = x.rows(x.table("beats", beats(), KeyFeatures.BEAT_BITS), places);
        boolean tied = weights.architecture().tied();
        OnnxRef features = tied ? x.reshape(keyFeatures(roll, beat), 0, -1, KeyFeatures.WIDTH) : x.concat(roll, beat);
        OnnxRef outputs = time(features);
        OnnxRef rows = tied ? x.reshape(outputs, -1, KEYS, weights.hidden()) : x.reshape(outputs, -1, weights.hidden());
        OnnxRef forced = x.reshape(x.toFloat(in("forced")), -1, KEYS);
        OnnxRef uniform = x.reshape(in("uniform"), -1, KEYS);
        List<OnnxRef> drawn = switch (weights.architecture()) {
            case LSTM -> plain(rows, forced, uniform);
            case TP_LSTM_NADE -> nade(x.in("nade"), rows, forced, uniform);
            case BALSTM -> noteAxis(x.in("notes"), rows, forced, uniform);
        };
        OnnxRef dims = x.dims(in("uniform"));
        OnnxRef next = x.reshape(drawn.get(0), dims);
        OnnxRef logits = x.named("logits").reshape(drawn.get(1), dims);
        x.named("next").toInt(next);
        OnnxRef column = x.unsqueeze(logits, -1);
        OnnxRef both = x.logSoftmax(x.concat(column, x.mul(column, x.number(0f))));
        List<OnnxRef> parts = x.split(both, 1, 1);
        OnnxRef on = x.squeeze(parts.get(0), -1);
        OnnxRef off = x.squeeze(parts.get(1), -1);
        x.named("logp").where(x.greater(next, x.number(0.5f)), on, off);
    }

    private static float[] beats() {
        float[] table = new float[RollEncoding.BEAT_STEPS * KeyFeatures.BEAT_BITS];
        for (int step = 0; step < RollEncoding.BEAT_STEPS; step++) {
            for (int bit = 0; bit < KeyFeatures.BEAT_BITS; bit++) {
                table[step * KeyFeatures.BEAT_BITS + bit] = KeyFeatures.beat(step, bit);
            }
        }
        return table;
    }

    /** [seq, batch, 88] and [seq, batch, 4] to [seq, batch, 88, {@link KeyFeatures#WIDTH}]. */
    private OnnxRef keyFeatures(OnnxRef roll, OnnxRef beat) {
        OnnxRef nothing = x.mul(x.slice(roll, 0, KeyFeatures.VICINITY), x.number(0f));
        OnnxRef padded = x.concat(nothing, roll, nothing);
        OnnxRef vicinity =
                x.columns(padded, x.graph().ints("vicinity", vicinities(), KEYS, 2L * KeyFeatures.VICINITY + 1));
        OnnxRef classes = x.matMul(roll, x.table("classes", classes(), CLASSES));
        OnnxRef context = x.columns(classes, x.graph().ints("context", contexts(), KEYS, CLASSES));
        // Zeros of the right dims, for what is the same for all rows.
        OnnxRef blank = x.mul(x.slice(vicinity, 0, STATIC), x.number(0f));
        OnnxRef fixed = x.add(blank, x.table("keys", keys(), STATIC));
        OnnxRef places = x.add(x.slice(blank, 0, KeyFeatures.BEAT_BITS), x.unsqueeze(beat, 2));
        return x.concat(fixed, vicinity, context, places);
    }

    private static float[] keys() {
        float[] table = new float[KEYS * STATIC];
        for (int key = 0; key < KEYS; key++) {
            table[key * STATIC] = key / (KEYS - 1f);
            table[key * STATIC + 1 + KeyFeatures.pitchClass(key)] = 1;
        }
        return table;
    }

    private static int[] vicinities() {
        int width = 2 * KeyFeatures.VICINITY + 1;
        int[] indices = new int[KEYS * width];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = i / width + i % width;
        }
        return indices;
    }

    private static float[] classes() {
        float[] table = new float[KEYS * CLASSES];
        for (int key = 0; key < KEYS; key++) {
            table[key * CLASSES + KeyFeatures.pitchClass(key)] = 1;
        }
        return table;
    }

    private static int[] contexts() {
        int[] indices = new int[KEYS * CLASSES];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (KeyFeatures.pitchClass(i / CLASSES) + i % CLASSES) % CLASSES;
        }
        return indices;
    }

    /** The time axis: [seq, rows, inputs] to [seq, rows, H]; names the states that come out. */
    private OnnxRef time(OnnxRef features) {
        int hidden = weights.hidden();
        int inputs = weights.input().length / (4 * hidden);
        float[] bias = Arrays.copyOf(weights.bias(), 2 * weights.bias().length);
        OnnxGraph graph = x.graph();
        List<OnnxRef> made = graph.node(
                OnnxOperator.LSTM,
                List.of("time", "time_h", "time_c"),
                List.of(
                        features,
                        graph.floats("time_input_weights", weights.input(), 1, 4L * hidden, inputs),
                        graph.floats("time_recurrent_weights", weights.recurrent(), 1, 4L * hidden, hidden),
                        graph.floats("time_bias", bias, 1, 8L * hidden),
                        OnnxRef.NONE,
                        x.reshape(in("h"), 1, -1, hidden),
                        x.reshape(in("c"), 1, -1, hidden)),
                new OnnxAttribute.Int("hidden_size", hidden),
                new OnnxAttribute.Strings("activations", List.of("Sigmoid", "Tanh", "Tanh")));
        x.named("h_next").reshape(made.get(1), 1, -1, weights.state());
        x.named("c_next").reshape(made.get(2), 1, -1, weights.state());
        return x.squeeze(made.get(0), 1);
    }

    /** 1 / temperature for each of the rows [seq x batch, 1]. */
    private OnnxRef sharpness() {
        OnnxRef blank = x.mul(x.slice(in("uniform"), 0, 1), x.number(0f));
        OnnxRef warm = x.max(x.unsqueeze(in("temperature"), 1), x.number(COLDEST));
        return x.reshape(x.div(x.number(1f), x.add(blank, warm)), -1, 1);
    }

    /** What is given, or what is drawn: 0 or 1. */
    private static OnnxRef choice(Expressions at, OnnxRef logit, OnnxRef forced, OnnxRef uniform, OnnxRef sharpness) {
        OnnxRef drawn = at.toFloat(at.less(uniform, at.sigmoid(at.mul(logit, sharpness))));
        return at.where(at.less(forced, at.number(0f)), drawn, forced);
    }

    private List<OnnxRef> plain(OnnxRef rows, OnnxRef forced, OnnxRef uniform) {
        OnnxRef logits = x.add(x.matMul(rows, matrix("W")), matrix("b"));
        return List.of(choice(x, logits, forced, uniform, sharpness()), logits);
    }

    /** A parameter of the head as a constant. */
    private OnnxRef matrix(String name) {
        return constant("head_" + name, weights.head(name));
    }

    private OnnxRef constant(String name, Matrix matrix) {
        return x.graph().floats(name, matrix.values(), matrix.rows(), matrix.columns());
    }

    /** Columns, one for each key of a row, as loops want them: [rows, 88] to [rows, 88, 1]. */
    private OnnxRef apart(OnnxRef values) {
        return x.unsqueeze(values, -1);
    }

    private List<OnnxRef> nade(Expressions at, OnnxRef outputs, OnnxRef forced, OnnxRef uniform) {
        OnnxRef ofTime = at.add(at.matMul(outputs, matrix("W")), matrix("b"));
        OnnxRef straight = at.add(at.matMul(outputs, matrix("uh")), matrix("c"));
        OnnxRef ofBelow = matrix("V");
        OnnxRef out = matrix("u");
        OnnxRef belowOut = matrix("ux");
        OnnxRef sharpness = sharpness();
        OnnxRef silence = at.mul(at.slice(uniform, 0, NadeHead.REACH), at.number(0f));
        return at.loop(List.of(silence), List.of(ofTime, straight, apart(forced), apart(uniform)), 2, (turn, given) -> {
            OnnxRef below = given.get(0);
            OnnxRef units = turn.sigmoid(turn.add(given.get(1), turn.matMul(below, ofBelow)));
            OnnxRef logit = turn.add(turn.add(given.get(2), turn.matMul(units, out)), turn.matMul(below, belowOut));
            OnnxRef key = choice(turn, logit, given.get(3), given.get(4), sharpness);
            OnnxRef above = turn.concat(key, turn.slice(below, 0, NadeHead.REACH - 1));
            return new Expressions.Turn(List.of(above), List.of(key, logit));
        });
    }

    private List<OnnxRef> noteAxis(Expressions at, OnnxRef outputs, OnnxRef forced, OnnxRef uniform) {
        int hidden = weights.hidden();
        Matrix first = weights.head("W1");
        int units = first.columns() / 4;
        Matrix ofTime = new Matrix(hidden, first.columns(), Arrays.copyOf(first.values(), hidden * first.columns()));
        Matrix ofBelow = new Matrix(
                1,
                first.columns(),
                Arrays.copyOfRange(first.values(), hidden * first.columns(), first.values().length));
        OnnxRef fromTime = at.add(at.matMul(outputs, constant("head_W1_time", ofTime)), matrix("b1"));
        OnnxRef below = constant("head_W1_below", ofBelow);
        OnnxRef firstRecurrent = matrix("R1");
        OnnxRef second = matrix("W2");
        OnnxRef secondRecurrent = matrix("R2");
        OnnxRef secondBias = matrix("b2");
        OnnxRef out = matrix("w");
        OnnxRef outBias = matrix("c");
        OnnxRef sharpness = sharpness();
        OnnxRef zero = at.mul(at.slice(uniform, 0, 1), at.number(0f));
        OnnxRef zeros = at.matMul(zero, constant("head_zeros", new Matrix(1, units, new float[units])));
        // ONNX Runtime gives a body's tensor to one of its outputs alone: what is carried is not the key itself.
        List<OnnxRef> states = List.of(zeros, zeros, zeros, zeros, at.matMul(zero, below));
        return at.loop(states, List.of(fromTime, apart(forced), apart(uniform)), 2, (turn, given) -> {
            OnnxRef input = turn.add(given.get(5), given.get(4));
            List<OnnxRef> lower =
                    cell(turn, turn.add(input, turn.matMul(given.get(0), firstRecurrent)), given.get(1), units);
            OnnxRef gates = turn.add(
                    turn.add(turn.matMul(lower.get(0), second), secondBias),
                    turn.matMul(given.get(2), secondRecurrent));
            List<OnnxRef> upper = cell(turn, gates, given.get(3), units);
            OnnxRef logit = turn.add(turn.matMul(upper.get(0), out), outBias);
            OnnxRef key = choice(turn, logit, given.get(6), given.get(7), sharpness);
            List<OnnxRef> after = new ArrayList<>(lower);
            after.addAll(upper);
            after.add(turn.matMul(key, below));
            return new Expressions.Turn(after, List.of(key, logit));
        });
    }

    /** One LSTM's output and cells, of gates in DL4J's order: candidate, forget, output, input. */
    private static List<OnnxRef> cell(Expressions at, OnnxRef gates, OnnxRef cells, int units) {
        List<OnnxRef> parts = at.split(gates, units, units, units, units);
        OnnxRef kept = at.mul(at.sigmoid(parts.get(1)), cells);
        OnnxRef after = at.add(kept, at.mul(at.sigmoid(parts.get(3)), at.tanh(parts.get(0))));
        return List.of(at.mul(at.sigmoid(parts.get(2)), at.tanh(after)), after);
    }
}
