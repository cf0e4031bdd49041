package dev.cadenza.exporter.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Nodes as expressions: {@code x.add(x.mul(a, b), c)} writes two nodes. They are named by scope, operator and number, such
 * as {@code pitch.add_3}; {@link #named} gives a tensor a name that others know. Numbers that stand in an expression are
 * constants of the graph, each there once.
 *
 * <p>Axes count as in ONNX, from the front or, below 0, from the back. Dims broadcast.
 */
public final class Expressions {
    private final OnnxGraph graph;
    private final String scope;
    private final String exact;

    /** Shared by all scopes: nodes by their name without a number, and constants that are there. */
    private final Map<String, Integer> counts;

    private final Map<String, OnnxRef> constants;

    public Expressions(OnnxGraph graph) {
        this(graph, "", "", new HashMap<>(), new HashMap<>());
    }

    private Expressions(
            OnnxGraph graph, String scope, String exact, Map<String, Integer> counts, Map<String, OnnxRef> constants) {
        this.graph = graph;
        this.scope = scope;
        this.exact = exact;
        this.counts = counts;
        this.constants = constants;
    }

    public OnnxGraph graph() {
        return graph;
    }

    /** The same graph, nodes named after that part of it. */
    public Expressions in(String part) {
        return new Expressions(graph, part + ".", "", counts, constants);
    }

    /** For one node, which gets exactly that name. */
    public Expressions named(String name) {
        return new Expressions(graph, scope, name, counts, constants);
    }

    // Constants.

    public OnnxRef number(float value) {
        return constants.computeIfAbsent("float_" + value, name -> graph.floats(name, new float[] {value}));
    }

    public OnnxRef number(int value) {
        return constants.computeIfAbsent("int_" + value, name -> graph.ints(name, new int[] {value}));
    }

    /** A list of int64: axes, sizes, bounds. */
    public OnnxRef longs(long... values) {
        StringBuilder name = new StringBuilder("longs");
        for (long value : values) {
            name.append('_').append(value);
        }
        return constants.computeIfAbsent(name.toString(), given -> graph.longs(given, values));
    }

    /** A vector. */
    public OnnxRef row(String name, float... values) {
        return graph.floats(name(name), values, values.length);
    }

    /** A vector. */
    public OnnxRef row(String name, int... values) {
        return graph.ints(name(name), values, values.length);
    }

    /** A table of rows. */
    public OnnxRef table(String name, float[] values, int columns) {
        return graph.floats(name(name), values, values.length / columns, columns);
    }

    // Arithmetic.

    public OnnxRef add(OnnxRef a, OnnxRef b) {
        return node(OnnxOperator.ADD, a, b);
    }

    public OnnxRef sub(OnnxRef a, OnnxRef b) {
        return node(OnnxOperator.SUB, a, b);
    }

    public OnnxRef mul(OnnxRef a, OnnxRef b) {
        return node(OnnxOperator.MUL, a, b);
    }

    public OnnxRef div(OnnxRef a, OnnxRef b) {
        return node(OnnxOperator.DIV, a, b);
    }

    public OnnxRef min(OnnxRef a, OnnxRef b) {
        return node(OnnxOperator.MIN, a, b);
    }

    public OnnxRef max(OnnxRef a, OnnxRef b) {
        return node(OnnxOperator.MAX, a, b);
    }

    public OnnxRef clip(OnnxRef a, int lowest, int highest) {
        return node(OnnxOperator.CLIP, a, number(lowest), number(highest));
    }

    public OnnxRef clip(OnnxRef a, float lowest, float highest) {
        return node(OnnxOperator.CLIP, a, number(lowest), number(highest));
    }

    public OnnxRef sum(List<OnnxRef> terms) {
        return node(OnnxOperator.SUM, terms);
    }

    public OnnxRef floor(OnnxRef a) {
        return node(OnnxOperator.FLOOR, a);
    }

    /** The same from 0 on, very far below it otherwise. */
    public OnnxRef steepBelow0(OnnxRef a) {
        return node(OnnxOperator.LEAKY_RELU, List.of(a), new OnnxAttribute.Real("alpha", 1e30f));
    }

    public OnnxRef tanh(OnnxRef a) {
        return node(OnnxOperator.TANH, a);
    }

    public OnnxRef sigmoid(OnnxRef a) {
        return node(OnnxOperator.SIGMOID, a);
    }

    /** The remainder of whole numbers, none of them negative. */
    public OnnxRef mod(OnnxRef a, OnnxRef b) {
        return node(OnnxOperator.MOD, a, b);
    }

    public OnnxRef matMul(OnnxRef a, OnnxRef b) {
        return node(OnnxOperator.MAT_MUL, a, b);
    }

    public OnnxRef softmax(OnnxRef a) {
        return node(OnnxOperator.SOFTMAX, List.of(a), integer("axis", -1));
    }

    public OnnxRef logSoftmax(OnnxRef a) {
        return node(OnnxOperator.LOG_SOFTMAX, List.of(a), integer("axis", -1));
    }

    /** Along the last axis, the sum of what stands before each element. */
    public OnnxRef sumBefore(OnnxRef a) {
        return node(OnnxOperator.CUM_SUM, List.of(a, number(-1)), integer("exclusive", 1));
    }

    /** Along the last axis, which stays with the length 1. */
    public OnnxRef reduceMax(OnnxRef a) {
        return node(OnnxOperator.REDUCE_MAX, List.of(a), axis(-1));
    }

    /** Along the last axis, which stays with the length 1. */
    public OnnxRef reduceMin(OnnxRef a) {
        return node(OnnxOperator.REDUCE_MIN, List.of(a), axis(-1));
    }

    /** Along the last axis, which goes. */
    public OnnxRef greatest(OnnxRef a) {
        return node(OnnxOperator.REDUCE_MAX, List.of(a), axis(-1), integer("keepdims", 0));
    }

    /** Of all elements, without dims. */
    public OnnxRef leastOfAll(OnnxRef a) {
        return node(OnnxOperator.REDUCE_MIN, List.of(a), integer("keepdims", 0));
    }

    /**
     * The natural logarithm of the sum along the last axis, which stays with the length 1. Unlike {@code Log} it has the
     * same bits in batches of any size.
     */
    public OnnxRef logSum(OnnxRef a) {
        return node(OnnxOperator.REDUCE_LOG_SUM, List.of(a), axis(-1));
    }

    /** ln sum exp along the last axis, which stays with the length 1. */
    public OnnxRef logSumExp(OnnxRef a) {
        return node(OnnxOperator.REDUCE_LOG_SUM_EXP, List.of(a), axis(-1));
    }

    private static OnnxAttribute axis(long axis) {
        return new OnnxAttribute.Ints("axes", List.of(axis));
    }

    /** Index of the first greatest along the last axis, which stays with the length 1; int64. */
    public OnnxRef argMax(OnnxRef a) {
        return node(OnnxOperator.ARG_MAX, List.of(a), integer("axis", -1));
    }

    // Truth.

    public OnnxRef equal(OnnxRef a, OnnxRef b) {
        return node(OnnxOperator.EQUAL, a, b);
    }

    public OnnxRef less(OnnxRef a, OnnxRef b) {
        return node(OnnxOperator.LESS, a, b);
    }

    public OnnxRef greater(OnnxRef a, OnnxRef b) {
        return node(OnnxOperator.GREATER, a, b);
    }

    public OnnxRef atMost(OnnxRef a, OnnxRef b) {
        return node(OnnxOperator.LESS_OR_EQUAL, a, b);
    }

    public OnnxRef atLeast(OnnxRef a, OnnxRef b) {
        return node(OnnxOperator.GREATER_OR_EQUAL, a, b);
    }

    public OnnxRef and(OnnxRef a, OnnxRef b) {
        return node(OnnxOperator.AND, a, b);
    }

    public OnnxRef or(OnnxRef a, OnnxRef b) {
        return node(OnnxOperator.OR, a, b);
    }

    public OnnxRef where(OnnxRef condition, OnnxRef then, OnnxRef otherwise) {
        return node(OnnxOperator.WHERE, condition, then, otherwise);
    }

    /**
     * One of two, of which only that one is computed.
     *
     * @param condition without dims
     * @return float32
     */
    public OnnxRef either(
            OnnxRef condition, Function<Expressions, OnnxRef> then, Function<Expressions, OnnxRef> otherwise) {
        String name = name(OnnxOperator.IF);
        OnnxGraph first = graph.branch(name + "_then");
        OnnxGraph second = graph.branch(name + "_else");
        return graph.node(
                OnnxOperator.IF,
                name,
                List.of(condition),
                new OnnxAttribute.Branch("then_branch", first.toBranch(then.apply(of(first)))),
                new OnnxAttribute.Branch("else_branch", second.toBranch(otherwise.apply(of(second)))));
    }

    /** What a body of a loop makes of its states and the slices that it is given. */
    public record Turn(List<OnnxRef> states, List<OnnxRef> results) {}

    /**
     * A loop along the second axis of some tensors, from the front.
     *
     * @param states before the first turn
     * @param sequences [rows, turns, ..], of which a turn gets [rows, ..]
     * @param results how many a turn has
     * @param body its first references are the states, the others the slices
     * @return the results of all turns, each [rows, turns, ..]
     */
    public List<OnnxRef> loop(
            List<OnnxRef> states,
            List<OnnxRef> sequences,
            int results,
            BiFunction<Expressions, List<OnnxRef>, Turn> body) {
        String name = name(OnnxOperator.SCAN);
        OnnxGraph inner = graph.branch(name + "_body");
        List<OnnxRef> given = new ArrayList<>();
        for (int input = 0; input < states.size() + sequences.size(); input++) {
            given.add(inner.input(name + "_in_" + input));
        }
        Turn turn = body.apply(of(inner), given);
        List<OnnxRef> made = new ArrayList<>(turn.states());
        made.addAll(turn.results());
        List<OnnxRef> inputs = new ArrayList<>(states);
        inputs.addAll(sequences);
        List<String> outputs = new ArrayList<>();
        for (int output = 0; output < states.size() + results; output++) {
            outputs.add(name + "_out_" + output);
        }
        List<Long> second = Collections.nCopies(sequences.size(), 1L);
        return graph.node(
                        OnnxOperator.SCAN,
                        outputs,
                        inputs,
                        new OnnxAttribute.Branch("body", inner.toBranch(made.toArray(OnnxRef[]::new))),
                        integer("num_scan_inputs", sequences.size()),
                        new OnnxAttribute.Ints("scan_input_axes", second),
                        new OnnxAttribute.Ints("scan_output_axes", Collections.nCopies(results, 1L)))
                .subList(states.size(), states.size() + results);
    }

    private Expressions of(OnnxGraph branch) {
        return new Expressions(branch, scope, "", counts, constants);
    }

    public OnnxRef toFloat(OnnxRef a) {
        return node(OnnxOperator.CAST, List.of(a), integer("to", TensorProto.DataType.FLOAT.getNumber()));
    }

    /** Towards zero. */
    public OnnxRef toInt(OnnxRef a) {
        return node(OnnxOperator.CAST, List.of(a), integer("to", TensorProto.DataType.INT32.getNumber()));
    }

    // Parts and shapes.

    /** Rows of a table, or elements of a vector, one for each index; an index of -1 is the last. */
    public OnnxRef rows(OnnxRef table, OnnxRef indices) {
        return node(OnnxOperator.GATHER, List.of(table, indices), integer("axis", 0));
    }

    /** What stands at those places of the last axis; as many dims as {@code places}. */
    public OnnxRef elements(OnnxRef a, OnnxRef places) {
        return node(OnnxOperator.GATHER_ELEMENTS, List.of(a, places), integer("axis", -1));
    }

    /** Those columns of the last axis, for all rows alike. */
    public OnnxRef columns(OnnxRef a, OnnxRef which) {
        return node(OnnxOperator.GATHER, List.of(a, which), integer("axis", -1));
    }

    /** From one place of the last axis up to another, exclusive. */
    public OnnxRef slice(OnnxRef a, int from, int to) {
        return node(OnnxOperator.SLICE, List.of(a, longs(from), longs(to), longs(-1)));
    }

    /** Along the last axis. */
    public OnnxRef concat(OnnxRef... parts) {
        return node(OnnxOperator.CONCAT, List.of(parts), integer("axis", -1));
    }

    /** Pieces of the last axis, of those sizes. */
    public List<OnnxRef> split(OnnxRef a, long... sizes) {
        List<String> names = new ArrayList<>();
        for (int piece = 0; piece < sizes.length; piece++) {
            names.add(name(OnnxOperator.SPLIT));
        }
        return graph.node(OnnxOperator.SPLIT, names, List.of(a, longs(sizes)), integer("axis", -1));
    }

    public OnnxRef squeeze(OnnxRef a, long axis) {
        return node(OnnxOperator.SQUEEZE, a, longs(axis));
    }

    public OnnxRef unsqueeze(OnnxRef a, long axis) {
        return node(OnnxOperator.UNSQUEEZE, a, longs(axis));
    }

    /** Other dims: 0 keeps one, -1 is what is left. */
    public OnnxRef reshape(OnnxRef a, long... dims) {
        return node(OnnxOperator.RESHAPE, a, longs(dims));
    }

    /** The dims of a tensor, for {@link #reshape}. */
    public OnnxRef dims(OnnxRef a) {
        return node(OnnxOperator.SHAPE, a);
    }

    /** The dims that another node computed. */
    public OnnxRef reshape(OnnxRef a, OnnxRef dims) {
        return node(OnnxOperator.RESHAPE, a, dims);
    }

    /** Joins the last dims of {@code [seq, batch, ..]} into one. */
    public OnnxRef flat(OnnxRef a) {
        return node(OnnxOperator.RESHAPE, a, longs(0, 0, -1));
    }

    /** Adds {@code updates} to {@code a} at {@code places} of the last axis. */
    public OnnxRef scatterAdd(OnnxRef a, OnnxRef places, OnnxRef updates) {
        return node(
                OnnxOperator.SCATTER_ELEMENTS,
                List.of(a, places, updates),
                integer("axis", -1),
                new OnnxAttribute.Text("reduction", "add"));
    }

    /** Puts {@code updates} into {@code a} at {@code places} of an axis. */
    public OnnxRef scatter(OnnxRef a, long axis, OnnxRef places, OnnxRef updates) {
        return node(OnnxOperator.SCATTER_ELEMENTS, List.of(a, places, updates), integer("axis", axis));
    }

    /** The greatest first, along the last axis, of so many elements: all of them; values and places. */
    public List<OnnxRef> sorted(OnnxRef a, int elements) {
        return graph.node(
                OnnxOperator.TOP_K,
                List.of(name(OnnxOperator.TOP_K), name(OnnxOperator.TOP_K)),
                List.of(a, longs(elements)),
                integer("axis", -1));
    }

    public OnnxRef node(OnnxOperator operator, OnnxRef... inputs) {
        return node(operator, List.of(inputs));
    }

    public OnnxRef node(OnnxOperator operator, List<OnnxRef> inputs, OnnxAttribute... attributes) {
        return graph.node(operator, name(operator), inputs, attributes);
    }

    public static OnnxAttribute integer(String name, long value) {
        return new OnnxAttribute.Int(name, value);
    }

    /** The name of something in this part of the graph. */
    public String name(String own) {
        return scope + own;
    }

    private String name(OnnxOperator operator) {
        if (!exact.isEmpty()) {
            return exact;
        }
        String stem = scope + operator.name().toLowerCase(Locale.ROOT);
        return stem + "_" + counts.merge(stem, 1, Integer::sum);
    }
}
