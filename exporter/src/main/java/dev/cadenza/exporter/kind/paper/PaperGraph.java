package dev.cadenza.exporter.kind.paper;

import static dev.cadenza.exporter.graph.OnnxOperator.ADD;
import static dev.cadenza.exporter.graph.OnnxOperator.CAST;
import static dev.cadenza.exporter.graph.OnnxOperator.CLIP;
import static dev.cadenza.exporter.graph.OnnxOperator.CONCAT;
import static dev.cadenza.exporter.graph.OnnxOperator.DIV;
import static dev.cadenza.exporter.graph.OnnxOperator.GATHER;
import static dev.cadenza.exporter.graph.OnnxOperator.GREATER_OR_EQUAL;
import static dev.cadenza.exporter.graph.OnnxOperator.LSTM;
import static dev.cadenza.exporter.graph.OnnxOperator.MAT_MUL;
import static dev.cadenza.exporter.graph.OnnxOperator.MAX;
import static dev.cadenza.exporter.graph.OnnxOperator.MIN;
import static dev.cadenza.exporter.graph.OnnxOperator.MUL;
import static dev.cadenza.exporter.graph.OnnxOperator.REDUCE_SUM;
import static dev.cadenza.exporter.graph.OnnxOperator.ROUND;
import static dev.cadenza.exporter.graph.OnnxOperator.SLICE;
import static dev.cadenza.exporter.graph.OnnxOperator.SQUEEZE;
import static dev.cadenza.exporter.graph.OnnxOperator.SUB;
import static dev.cadenza.exporter.graph.OnnxOperator.UNSQUEEZE;
import static dev.cadenza.exporter.graph.OnnxOperator.WHERE;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.cadenza.exporter.graph.OnnxAttribute;
import dev.cadenza.exporter.graph.OnnxGraph;
import dev.cadenza.exporter.graph.OnnxRef;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.notematrix.PaperEncoding;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The graph of kind {@code paper}: the source paper's network, and around it everything that turns a note into its
 * input and its output into a note, so that a host needs a loop and nothing else.
 *
 * <pre>
 * x       = min(max(note[0:3], 0), scales) / scales                      scales = [clip, 127, 127]
 * mean    = LSTM(x) W + b
 * chosen  = clip(round(clip(mean + temperature (deviation noise), 0, 1) scales), lowest, highest)
 * next    = forced where given, else chosen; the duration: the median of the range that the interval lies in
 * logp    = -1/2 ((y - mean) / deviation)^2 - ln(deviation sqrt(2 pi)) + ln(1 / scales)   y = next, scaled like x
 * </pre>
 *
 * <p>logp is the logarithm of the Gaussian's density at the chosen note times the width of a grid step: nats an
 * attribute. There is no {@code Log} in the graph, whose kernel gives other bits in other batches.
 */
final class PaperGraph {
    private static final int[] LOWEST = {0, 21, 1};
    private static final int HIGHEST_KEY = 108;
    private static final int HIGHEST_VELOCITY = 127;
    private static final OnnxAttribute TO_FLOAT = new OnnxAttribute.Int("to", TensorProto.DataType.FLOAT.getNumber());
    private static final OnnxAttribute TO_INT = new OnnxAttribute.Int("to", TensorProto.DataType.INT32.getNumber());

    private final OnnxGraph graph = new OnnxGraph("cadenza-paper");
    private final PaperWeights weights;
    private final GraphSignature signature;
    private final PaperEncoding encoding;
    private final OnnxRef axis1;
    private final OnnxRef lastAxis;
    private final OnnxRef zero;
    private final OnnxRef scales;

    private PaperGraph(PaperWeights weights, GraphSignature signature, PaperEncoding encoding) {
        this.weights = weights;
        this.signature = signature;
        this.encoding = encoding;
        axis1 = graph.longs("axis_1", 1);
        lastAxis = graph.longs("axis_last", -1);
        zero = graph.floats("zero", new float[] {0});
        scales = graph.floats("scales", scales(encoding), PaperEncoding.COLUMNS);
    }

    /**
     * The bytes of the file.
     *
     * @param signature of a graph with that many units
     * @param producerVersion version of this project
     * @param metadata goes into the file as it is
     */
    static byte[] write(
            PaperWeights weights,
            GraphSignature signature,
            PaperEncoding encoding,
            String producerVersion,
            Map<String, String> metadata) {
        PaperGraph paper = new PaperGraph(weights, signature, encoding);
        paper.build();
        return paper.graph.toModel(
                producerVersion,
                "Next-note function of a note matrix: the previous note in, the next note out, LSTM state in and out.",
                metadata);
    }

    private void build() {
        Inputs in = new Inputs(signature.inputs().stream().map(graph::input).toList());
        OnnxRef note = slice("note_columns", in.note(), 0, PaperEncoding.COLUMNS);
        OnnxRef mean = network(scaled("features", note), in.h(), in.c());
        OnnxRef next = next(choose(mean, in), in.forced());
        logp(mean, next);
        signature.outputs().forEach(graph::output);
    }

    private record Inputs(OnnxRef note, OnnxRef forced, OnnxRef h, OnnxRef c, OnnxRef noise, OnnxRef temperature) {
        Inputs(List<OnnxRef> inOrder) {
            this(inOrder.get(0), inOrder.get(1), inOrder.get(2), inOrder.get(3), inOrder.get(4), inOrder.get(5));
        }
    }

    /** Ticks, pitch and velocity as the network sees them; the start of a piece (-1) becomes zeros, as in training. */
    private OnnxRef scaled(String name, OnnxRef columns) {
        OnnxRef floats = graph.node(CAST, name + "_float", List.of(columns), TO_FLOAT);
        OnnxRef positive = graph.node(MAX, name + "_positive", List.of(floats, zero));
        OnnxRef clipped = graph.node(MIN, name + "_clipped", List.of(positive, scales));
        return graph.node(DIV, name, List.of(clipped, scales));
    }

    private OnnxRef network(OnnxRef features, OnnxRef h, OnnxRef c) {
        int hidden = weights.hidden();
        // ONNX adds a second bias, for the recurrent side; DL4J has one.
        float[] bias = Arrays.copyOf(weights.bias(), 2 * weights.bias().length);
        OnnxRef hiddenStates = graph.node(
                        LSTM,
                        List.of("lstm", "h_next", "c_next"),
                        List.of(
                                features,
                                graph.floats("lstm_input_weights", weights.input(), 1, 4L * hidden, 3),
                                graph.floats("lstm_recurrent_weights", weights.recurrent(), 1, 4L * hidden, hidden),
                                graph.floats("lstm_bias", bias, 1, 8L * hidden),
                                OnnxRef.NONE,
                                h,
                                c),
                        new OnnxAttribute.Int("hidden_size", hidden),
                        new OnnxAttribute.Strings("activations", List.of("Sigmoid", "Tanh", "Tanh")))
                .get(0);
        OnnxRef rows = graph.node(SQUEEZE, "lstm_rows", List.of(hiddenStates, axis1));
        OnnxRef product = graph.node(
                MAT_MUL,
                "output_product",
                List.of(rows, graph.floats("output_weights", weights.output(), hidden, PaperEncoding.COLUMNS)));
        return graph.node(
                ADD,
                "mean",
                List.of(product, graph.floats("output_bias", weights.outputBias(), PaperEncoding.COLUMNS)));
    }

    private OnnxRef choose(OnnxRef mean, Inputs in) {
        OnnxRef deviations = graph.floats("deviations", encoding.deviations(), PaperEncoding.COLUMNS);
        OnnxRef temperature = graph.node(UNSQUEEZE, "temperature_column", List.of(in.temperature(), axis1));
        OnnxRef spread = graph.node(MUL, "spread", List.of(deviations, in.noise()));
        OnnxRef heated = graph.node(MUL, "heated_spread", List.of(temperature, spread));
        OnnxRef sampled = graph.node(ADD, "sampled", List.of(mean, heated));
        OnnxRef unit =
                graph.node(CLIP, "sampled_unit", List.of(sampled, scalar("unit_lowest", 0), scalar("unit_highest", 1)));
        OnnxRef onGrid =
                graph.node(ROUND, "sampled_grid", List.of(graph.node(MUL, "sampled_ticks", List.of(unit, scales))));
        OnnxRef raised = graph.node(MAX, "sampled_raised", List.of(onGrid, columns("lowest", LOWEST)));
        int[] highest = {encoding.intervalClipTicks(), HIGHEST_KEY, HIGHEST_VELOCITY};
        OnnxRef bounded = graph.node(MIN, "sampled_bounded", List.of(raised, columns("highest", highest)));
        return graph.node(CAST, "chosen", List.of(bounded), TO_INT);
    }

    private OnnxRef next(OnnxRef chosen, OnnxRef forced) {
        OnnxRef columns = forcedOr("next_columns", slice("forced_columns", forced, 0, 3), chosen);
        OnnxRef duration = forcedOr("next_duration", slice("forced_duration", forced, 3, 4), medianDuration(columns));
        graph.node(CONCAT, "next", List.of(columns, duration), new OnnxAttribute.Int("axis", -1));
        return columns;
    }

    private OnnxRef forcedOr(String name, OnnxRef forced, OnnxRef otherwise) {
        OnnxRef given = graph.node(
                GREATER_OR_EQUAL, name + "_given", List.of(forced, graph.ints(name + "_none", new int[] {0})));
        return graph.node(WHERE, name, List.of(given, forced, otherwise));
    }

    /** The median of the range of intervals that this one lies in: as many ranges up as there are bounds at or below. */
    private OnnxRef medianDuration(OnnxRef columns) {
        int[] bounds = encoding.durationIntervalBounds();
        int[] medians = encoding.durationMedians();
        if (bounds.length == 0) {
            // ONNX Runtime sums an empty dimension up to nothing instead of 0: one bound that makes no difference.
            bounds = new int[] {1};
            medians = new int[] {medians[0], medians[0]};
        }
        OnnxRef interval = slice("next_interval", columns, 0, 1);
        OnnxRef reached = graph.node(
                GREATER_OR_EQUAL,
                "bounds_reached",
                List.of(interval, graph.ints("duration_interval_bounds", bounds, bounds.length)));
        OnnxRef range = graph.node(
                REDUCE_SUM,
                "interval_range",
                List.of(graph.node(CAST, "bounds_reached_int", List.of(reached), TO_INT), lastAxis),
                new OnnxAttribute.Int("keepdims", 1));
        return graph.node(
                GATHER,
                "median_duration",
                List.of(graph.ints("duration_medians", medians, medians.length), range),
                new OnnxAttribute.Int("axis", 0));
    }

    private void logp(OnnxRef mean, OnnxRef next) {
        float[] deviations = encoding.deviations();
        float[] columnScales = scales(encoding);
        float[] constants = new float[PaperEncoding.COLUMNS];
        for (int column = 0; column < constants.length; column++) {
            constants[column] = (float) (-StrictMath.log(deviations[column])
                    - StrictMath.log(2 * Math.PI) / 2
                    - StrictMath.log(columnScales[column]));
        }
        OnnxRef error = graph.node(SUB, "error", List.of(scaled("answer", next), mean));
        OnnxRef relative = graph.node(DIV, "relative_error", List.of(error, new OnnxRef("deviations")));
        OnnxRef square = graph.node(MUL, "square", List.of(relative, relative));
        OnnxRef exponent = graph.node(MUL, "exponent", List.of(square, scalar("minus_half", -0.5f)));
        graph.node(ADD, "logp", List.of(exponent, graph.floats("logp_constants", constants, constants.length)));
    }

    private OnnxRef slice(String name, OnnxRef data, int from, int to) {
        return graph.node(
                SLICE, name, List.of(data, graph.longs(name + "_from", from), graph.longs(name + "_to", to), lastAxis));
    }

    private OnnxRef scalar(String name, float value) {
        return graph.floats(name, new float[] {value});
    }

    private OnnxRef columns(String name, int[] values) {
        return graph.floats(name, new float[] {values[0], values[1], values[2]}, PaperEncoding.COLUMNS);
    }

    private static float[] scales(PaperEncoding encoding) {
        return new float[] {encoding.intervalClipTicks(), PaperEncoding.PITCH_SCALE, PaperEncoding.VELOCITY_SCALE};
    }
}
