package dev.cadenza.exporter.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The ONNX operators that our graphs use, as data: how many inputs and outputs, which attributes. Sources: the operator
 * documentation of ONNX, opset 17, and of ONNX Runtime's own operators, version 1.
 */
public enum OnnxOperator {
    ADD("Add", 2, 2, 1),
    AND("And", 2, 2, 1),
    ARG_MAX("ArgMax", 1, 1, 1, optional("axis", OnnxAttribute.Int.class)),
    CAST("Cast", 1, 1, 1, required("to", OnnxAttribute.Int.class)),
    CLIP("Clip", 1, 3, 1),
    CONCAT("Concat", 1, Integer.MAX_VALUE, 1, required("axis", OnnxAttribute.Int.class)),
    CUM_SUM("CumSum", 2, 2, 1, optional("exclusive", OnnxAttribute.Int.class)),
    DIV("Div", 2, 2, 1),
    DYNAMIC_QUANTIZE_LSTM(
            OnnxOperator.MICROSOFT,
            "DynamicQuantizeLSTM",
            12,
            12,
            3,
            required("hidden_size", OnnxAttribute.Int.class),
            optional("activations", OnnxAttribute.Strings.class)),
    DYNAMIC_QUANTIZE_MAT_MUL(OnnxOperator.MICROSOFT, "DynamicQuantizeMatMul", 3, 5, 1),
    EQUAL("Equal", 2, 2, 1),
    EXPAND("Expand", 2, 2, 1),
    FLOOR("Floor", 1, 1, 1),
    GATHER("Gather", 2, 2, 1, optional("axis", OnnxAttribute.Int.class)),
    GATHER_ELEMENTS("GatherElements", 2, 2, 1, optional("axis", OnnxAttribute.Int.class)),
    GREATER("Greater", 2, 2, 1),
    GREATER_OR_EQUAL("GreaterOrEqual", 2, 2, 1),
    IF(
            "If",
            1,
            1,
            Integer.MAX_VALUE,
            required("then_branch", OnnxAttribute.Branch.class),
            required("else_branch", OnnxAttribute.Branch.class)),
    LEAKY_RELU("LeakyRelu", 1, 1, 1, optional("alpha", OnnxAttribute.Real.class)),
    LESS("Less", 2, 2, 1),
    LESS_OR_EQUAL("LessOrEqual", 2, 2, 1),
    LOG_SOFTMAX("LogSoftmax", 1, 1, 1, optional("axis", OnnxAttribute.Int.class)),
    LSTM(
            "LSTM",
            3,
            8,
            3,
            required("hidden_size", OnnxAttribute.Int.class),
            optional("activations", OnnxAttribute.Strings.class)),
    MAT_MUL("MatMul", 2, 2, 1),
    MAX("Max", 1, Integer.MAX_VALUE, 1),
    MIN("Min", 1, Integer.MAX_VALUE, 1),
    MOD("Mod", 2, 2, 1, optional("fmod", OnnxAttribute.Int.class)),
    MUL("Mul", 2, 2, 1),
    OR("Or", 2, 2, 1),
    REDUCE_MAX(
            "ReduceMax",
            1,
            1,
            1,
            optional("axes", OnnxAttribute.Ints.class),
            optional("keepdims", OnnxAttribute.Int.class)),
    REDUCE_LOG_SUM("ReduceLogSum", 1, 1, 1, optional("axes", OnnxAttribute.Ints.class)),
    REDUCE_LOG_SUM_EXP("ReduceLogSumExp", 1, 1, 1, optional("axes", OnnxAttribute.Ints.class)),
    REDUCE_MIN(
            "ReduceMin",
            1,
            1,
            1,
            optional("axes", OnnxAttribute.Ints.class),
            optional("keepdims", OnnxAttribute.Int.class)),
    REDUCE_SUM("ReduceSum", 1, 2, 1, optional("keepdims", OnnxAttribute.Int.class)),
    RESHAPE("Reshape", 2, 2, 1),
    ROUND("Round", 1, 1, 1),
    SCAN(
            "Scan",
            1,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            required("body", OnnxAttribute.Branch.class),
            required("num_scan_inputs", OnnxAttribute.Int.class),
            optional("scan_input_axes", OnnxAttribute.Ints.class),
            optional("scan_output_axes", OnnxAttribute.Ints.class)),
    SCATTER_ELEMENTS(
            "ScatterElements",
            3,
            3,
            1,
            optional("axis", OnnxAttribute.Int.class),
            optional("reduction", OnnxAttribute.Text.class)),
    SHAPE("Shape", 1, 1, 1, optional("start", OnnxAttribute.Int.class), optional("end", OnnxAttribute.Int.class)),
    SIGMOID("Sigmoid", 1, 1, 1),
    SLICE("Slice", 3, 5, 1),
    SOFTMAX("Softmax", 1, 1, 1, optional("axis", OnnxAttribute.Int.class)),
    SPLIT("Split", 1, 2, Integer.MAX_VALUE, optional("axis", OnnxAttribute.Int.class)),
    SQUEEZE("Squeeze", 1, 2, 1),
    SUB("Sub", 2, 2, 1),
    SUM("Sum", 1, Integer.MAX_VALUE, 1),
    TANH("Tanh", 1, 1, 1),
    TOP_K("TopK", 2, 2, 2, optional("axis", OnnxAttribute.Int.class)),
    UNSQUEEZE("Unsqueeze", 2, 2, 1),
    WHERE("Where", 3, 3, 1);

    /** The operator set whose signatures these are. */
    public static final int OPSET = 17;

    /** The domain of ONNX Runtime's own operators. */
    static final String MICROSOFT = "com.microsoft";

    /** The version of {@link #MICROSOFT} whose signatures these are. */
    static final int MICROSOFT_VERSION = 1;

    private record AttributeRule(String name, Class<? extends OnnxAttribute> type, boolean required) {}

    private final String domain;
    private final String opType;
    private final int minInputs;
    private final int maxInputs;
    private final int maxOutputs;

    @SuppressWarnings("ImmutableEnumChecker") // An unmodifiable map of records.
    private final Map<String, AttributeRule> attributes;

    OnnxOperator(String opType, int minInputs, int maxInputs, int maxOutputs, AttributeRule... rules) {
        this("", opType, minInputs, maxInputs, maxOutputs, rules);
    }

    OnnxOperator(String domain, String opType, int minInputs, int maxInputs, int maxOutputs, AttributeRule... rules) {
        this.domain = domain;
        this.opType = opType;
        this.minInputs = minInputs;
        this.maxInputs = maxInputs;
        this.maxOutputs = maxOutputs;
        this.attributes = Arrays.stream(rules).collect(Collectors.toUnmodifiableMap(AttributeRule::name, rule -> rule));
    }

    /** Who defines the operator: empty for ONNX itself. */
    String domain() {
        return domain;
    }

    /** The operator's name in a file. */
    String opType() {
        return opType;
    }

    /**
     * Holds a node against the operator's signature.
     *
     * @throws IllegalArgumentException that says what was expected and what was given
     */
    void check(int inputs, int outputs, List<OnnxAttribute> given) {
        if (inputs < minInputs || inputs > maxInputs) {
            throw new IllegalArgumentException(
                    opType + " takes " + minInputs + ".." + maxInputs + " inputs, given " + inputs);
        }
        if (outputs < 1 || outputs > maxOutputs) {
            throw new IllegalArgumentException(opType + " has 1.." + maxOutputs + " outputs, given " + outputs);
        }
        List<String> missing = new ArrayList<>(attributes.values().stream()
                .filter(AttributeRule::required)
                .map(AttributeRule::name)
                .toList());
        for (OnnxAttribute attribute : given) {
            AttributeRule rule = attributes.get(attribute.name());
            if (rule == null || !rule.type().isInstance(attribute)) {
                throw new IllegalArgumentException(
                        opType + " has the attributes " + attributes.values() + ", given " + attribute);
            }
            missing.remove(attribute.name());
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(opType + " needs the attributes " + missing);
        }
    }

    private static AttributeRule required(String name, Class<? extends OnnxAttribute> type) {
        return new AttributeRule(name, type, true);
    }

    private static AttributeRule optional(String name, Class<? extends OnnxAttribute> type) {
        return new AttributeRule(name, type, false);
    }
}
