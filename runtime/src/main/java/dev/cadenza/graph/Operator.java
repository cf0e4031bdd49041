package dev.cadenza.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operators that a graph may use: all that graphs of this project have ever used, and no others. Each has its
 * attributes and the rule that gives the dims of its outputs from those of its inputs.
 *
 * <p>There is no {@code Loop}: how often it turns may be computed, and may be for ever. {@code Scan} turns once for each
 * slice of a tensor, whose dims are known. An operator whose output's dims are computed ({@code NonZero}, {@code Range},
 * {@code Tile} by a tensor of the run) has no rule that could be written here, so it is refused by not being listed; of
 * those that take dims as an input ({@code Expand}, {@code Pad}, {@code Reshape}, {@code Slice}, {@code Split}, {@code
 * TopK}) that input must be a constant of the file or the dims of another tensor.
 */
public enum Operator {
    ADD("Add", Rules::broadcast),
    AND("And", Rules::broadcast),
    ARG_MAX("ArgMax", Rules::argMax, "axis", "keepdims"),
    CAST("Cast", Rules::cast, "to"),
    CLIP("Clip", Rules::same),
    CONCAT("Concat", Rules::concat, "axis"),
    CUM_SUM("CumSum", Rules::same, "exclusive"),
    DIV("Div", Rules::broadcast),
    DYNAMIC_QUANTIZE_LSTM(
            Operator.MICROSOFT, "DynamicQuantizeLSTM", HeavyRules::quantizedLstm, "hidden_size", "activations"),
    DYNAMIC_QUANTIZE_MAT_MUL(Operator.MICROSOFT, "DynamicQuantizeMatMul", HeavyRules::matMul),
    EQUAL("Equal", Rules::broadcast),
    EXPAND("Expand", SizedRules::expand),
    FLOOR("Floor", Rules::same),
    GATHER("Gather", Rules::gather, "axis"),
    GATHER_ELEMENTS("GatherElements", Rules::gatherElements, "axis"),
    GREATER("Greater", Rules::broadcast),
    GREATER_OR_EQUAL("GreaterOrEqual", Rules::broadcast),
    IF("If", NestedRules::branches, "then_branch", "else_branch"),
    LEAKY_RELU("LeakyRelu", Rules::same, "alpha"),
    LESS("Less", Rules::broadcast),
    LESS_OR_EQUAL("LessOrEqual", Rules::broadcast),
    LOG_SOFTMAX("LogSoftmax", Rules::same, "axis"),
    LSTM("LSTM", HeavyRules::lstm, "hidden_size", "activations"),
    MAT_MUL("MatMul", HeavyRules::matMul),
    MAX("Max", Rules::broadcast),
    MIN("Min", Rules::broadcast),
    MOD("Mod", Rules::broadcast, "fmod"),
    MUL("Mul", Rules::broadcast),
    OR("Or", Rules::broadcast),
    PAD("Pad", SizedRules::pad),
    REDUCE_LOG_SUM("ReduceLogSum", Rules::reduce, "axes", "keepdims"),
    REDUCE_LOG_SUM_EXP("ReduceLogSumExp", Rules::reduce, "axes", "keepdims"),
    REDUCE_MAX("ReduceMax", Rules::reduce, "axes", "keepdims"),
    REDUCE_MIN("ReduceMin", Rules::reduce, "axes", "keepdims"),
    REDUCE_SUM("ReduceSum", Rules::reduce, "keepdims"),
    RESHAPE("Reshape", SizedRules::reshape),
    ROUND("Round", Rules::same),
    SCAN("Scan", NestedRules::scan, "body", "num_scan_inputs", "scan_input_axes", "scan_output_axes"),
    SCATTER_ELEMENTS("ScatterElements", Rules::same, "axis", "reduction"),
    SHAPE("Shape", Rules::shape, "start", "end"),
    SIGMOID("Sigmoid", Rules::same),
    SLICE("Slice", SizedRules::slice),
    SOFTMAX("Softmax", Rules::same, "axis"),
    SPLIT("Split", SizedRules::split, "axis"),
    SQUEEZE("Squeeze", SizedRules::squeeze),
    SUB("Sub", Rules::broadcast),
    SUM("Sum", Rules::broadcast),
    TANH("Tanh", Rules::same),
    TOP_K("TopK", SizedRules::topK, "axis"),
    UNSQUEEZE("Unsqueeze", SizedRules::unsqueeze),
    WHERE("Where", Rules::broadcast);

    /** The domain of ONNX Runtime's own operators. */
    static final String MICROSOFT = "com.microsoft";

    /** Domain to the highest version of its operators whose rules these are. */
    static final Map<String, Integer> OPERATOR_SETS = Map.of("", 17, MICROSOFT, 1);

    /** The lowest version of ONNX's own operators: before it some took as attributes what are inputs now. */
    static final int LOWEST_OPSET = 13;

    /** Gives the dims of a node's outputs. */
    @FunctionalInterface
    interface Rule {
        /**
         * The outputs of a node, as many as its operator has.
         *
         * @throws UnsafeGraphException if the node must not be run
         */
        Tensor[] apply(Call call) throws UnsafeGraphException;
    }

    private static final Map<String, Operator> BY_NAME = new HashMap<>();

    static {
        Arrays.stream(values()).forEach(operator -> BY_NAME.put(key(operator.domain, operator.opType), operator));
    }

    private final String domain;
    private final String opType;

    @SuppressWarnings("ImmutableEnumChecker") // A method.
    private final Rule rule;

    @SuppressWarnings("ImmutableEnumChecker") // An unmodifiable set.
    private final Set<String> attributes;

    Operator(String opType, Rule rule, String... attributes) {
        this("", opType, rule, attributes);
    }

    Operator(String domain, String opType, Rule rule, String... attributes) {
        this.domain = domain;
        this.opType = opType;
        this.rule = rule;
        this.attributes = Set.of(attributes);
    }

    /** Whether a graph may use the operator of that name; the domain is empty for ONNX itself. */
    public static boolean allows(String domain, String opType) {
        return find(domain, opType) != null;
    }

    static @Nullable Operator find(String domain, String opType) {
        return BY_NAME.get(key(domain, opType));
    }

    private static String key(String domain, String opType) {
        // ONNX's own domain has two names.
        return (domain.equals("ai.onnx") ? "" : domain) + ":" + opType;
    }

    Rule rule() {
        return rule;
    }

    Set<String> attributes() {
        return attributes;
    }
}
