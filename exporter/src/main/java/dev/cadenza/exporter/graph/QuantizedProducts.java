package dev.cadenza.exporter.graph;

import java.util.Arrays;
import java.util.List;

/**
 * Weights as whole numbers with a scale for each column, multiplied by ONNX Runtime's own operators, which round what
 * comes in to 256 levels. Tables to look up in are half floats.
 *
 * <p>Weights are -64..64, not -127..127: without VNNI, AVX2 adds two products of a byte 0..255 and a weight in 16 bits,
 * which must not overflow.
 */
final class QuantizedProducts implements ProductNodes {
    private static final int HIGHEST = 64;

    private final FloatProducts tables = new FloatProducts(true);

    @Override
    public OnnxRef table(Expressions x, String name, Matrix values) {
        return tables.table(x, name, values);
    }

    @Override
    public OnnxRef product(Expressions x, String name, OnnxRef rows, Matrix weights, Matrix bias) {
        OnnxRef offsets = x.graph().floats(x.name(name + "_bias"), bias.values(), bias.columns());
        return product(x, name, rows, weights, offsets);
    }

    @Override
    public OnnxRef product(Expressions x, String name, OnnxRef rows, Matrix weights) {
        return product(x, name, rows, weights, OnnxRef.NONE);
    }

    /** Zero points are left out: they are 0. */
    private static OnnxRef product(Expressions x, String name, OnnxRef rows, Matrix weights, OnnxRef bias) {
        Quantized quantized = Quantized.of(weights);
        OnnxGraph graph = x.graph();
        return x.node(
                OnnxOperator.DYNAMIC_QUANTIZE_MAT_MUL,
                rows,
                graph.bytes(x.name(name), quantized.values, weights.rows(), weights.columns()),
                graph.floats(x.name(name + "_scales"), quantized.scales, weights.columns()),
                OnnxRef.NONE,
                bias);
    }

    @Override
    public OnnxRef lstm(Expressions x, OnnxRef rows, OnnxRef h, OnnxRef c, LstmWeights weights) {
        int hidden = weights.hidden();
        long gates = 4L * hidden;
        int features = weights.features();
        Quantized input = Quantized.of(transposed(weights.input(), 4 * hidden, features));
        Quantized recurrent = Quantized.of(transposed(weights.recurrent(), 4 * hidden, hidden));
        OnnxGraph graph = x.graph();
        OnnxRef zeros = graph.bytes(x.name("zeros"), new byte[4 * hidden], 1, gates);
        OnnxRef all = graph.node(
                        OnnxOperator.DYNAMIC_QUANTIZE_LSTM,
                        ProductNodes.lstmOutputs(x),
                        List.of(
                                rows,
                                graph.bytes(x.name("input_weights"), input.values, 1, features, gates),
                                graph.bytes(x.name("recurrent_weights"), recurrent.values, 1, hidden, gates),
                                graph.floats(x.name("bias"), Arrays.copyOf(weights.bias(), 8 * hidden), 1, 2 * gates),
                                OnnxRef.NONE,
                                h,
                                c,
                                OnnxRef.NONE,
                                graph.floats(x.name("input_scales"), input.scales, 1, gates),
                                zeros,
                                graph.floats(x.name("recurrent_scales"), recurrent.scales, 1, gates),
                                zeros),
                        new OnnxAttribute.Int("hidden_size", hidden),
                        new OnnxAttribute.Strings("activations", List.of("Sigmoid", "Tanh", "Tanh")))
                .get(0);
        return x.squeeze(all, 1);
    }

    private static Matrix transposed(float[] values, int rows, int columns) {
        float[] turned = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column * rows + row] = values[row * columns + column];
            }
        }
        return new Matrix(columns, rows, turned);
    }

    /**
     * A matrix in whole numbers.
     *
     * @param values row-major
     * @param scales what each column is multiplied by
     */
    @SuppressWarnings("ArrayRecordComponent") // Megabytes on their way into a file, never compared.
    private record Quantized(byte[] values, float[] scales) {
        static Quantized of(Matrix matrix) {
            int columns = matrix.columns();
            float[] scales = new float[columns];
            for (int i = 0; i < matrix.values().length; i++) {
                scales[i % columns] = Math.max(scales[i % columns], Math.abs(matrix.values()[i]));
            }
            for (int column = 0; column < columns; column++) {
                scales[column] = scales[column] == 0 ? 1 : scales[column] / HIGHEST;
            }
            byte[] values = new byte[matrix.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (byte) Math.rint(matrix.values()[i] / scales[i % columns]);
            }
            return new Quantized(values, scales);
        }
    }
}
