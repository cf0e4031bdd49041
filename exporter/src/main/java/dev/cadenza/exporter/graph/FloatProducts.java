package dev.cadenza.exporter.graph;

import java.util.Arrays;
import java.util.List;

/** Weights as float32, or as float16 that is cast once when the graph is loaded. */
final class FloatProducts implements ProductNodes {
    private final boolean half;

    FloatProducts(boolean half) {
        this.half = half;
    }

    @Override
    public OnnxRef table(Expressions x, String name, Matrix values) {
        return weights(x, name, values.values(), values.rows(), values.columns());
    }

    @Override
    public OnnxRef product(Expressions x, String name, OnnxRef rows, Matrix weights, Matrix bias) {
        return x.add(product(x, name, rows, weights), weights(x, name + "_bias", bias.values(), bias.columns()));
    }

    @Override
    public OnnxRef product(Expressions x, String name, OnnxRef rows, Matrix weights) {
        return x.matMul(rows, table(x, name, weights));
    }

    @Override
    public OnnxRef lstm(Expressions x, OnnxRef rows, OnnxRef h, OnnxRef c, LstmWeights weights) {
        int hidden = weights.hidden();
        // ONNX adds a second bias, for the recurrent side; DL4J has one.
        float[] bias = Arrays.copyOf(weights.bias(), 2 * weights.bias().length);
        OnnxRef all = x.graph()
                .node(
                        OnnxOperator.LSTM,
                        ProductNodes.lstmOutputs(x),
                        List.of(
                                rows,
                                weights(x, "input_weights", weights.input(), 1, 4L * hidden, weights.features()),
                                weights(x, "recurrent_weights", weights.recurrent(), 1, 4L * hidden, hidden),
                                weights(x, "bias", bias, 1, 8L * hidden),
                                OnnxRef.NONE,
                                h,
                                c),
                        new OnnxAttribute.Int("hidden_size", hidden),
                        new OnnxAttribute.Strings("activations", List.of("Sigmoid", "Tanh", "Tanh")))
                .get(0);
        return x.squeeze(all, 1);
    }

    private OnnxRef weights(Expressions x, String name, float[] values, long... dims) {
        return half
                ? x.toFloat(x.graph().halves(x.name(name), values, dims))
                : x.graph().floats(x.name(name), values, dims);
    }
}
