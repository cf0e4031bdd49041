package dev.cadenza.exporter.kind;

import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer's parameters by their DL4J names.
 *
 * <p>DL4J keeps an LSTM's parameters by column blocks in the order candidate, forget, output, input, as {@code [in, 4H]};
 * ONNX wants row blocks input, output, forget, candidate, as {@code [4H, in]}: the blocks 3, 2, 1, 0, transposed.
 */
public final class LayerParameters {
    private static final int GATES = 4;

    private final int layer;
    private final Map<String, INDArray> table;

    private LayerParameters(int layer, Map<String, INDArray> table) {
        this.layer = layer;
        this.table = table;
    }

    /** Those of one layer of a network of single precision. */
    public static LayerParameters of(MultiLayerNetwork network, int layer) throws UntranslatableNetworkException {
        if (network.params().dataType() != DataType.FLOAT) {
            throw new UntranslatableNetworkException(
                    "parameters are " + network.params().dataType() + ", expected FLOAT");
        }
        return new LayerParameters(layer, network.getLayer(layer).paramTable());
    }

    public Iterable<String> names() {
        return table.keySet();
    }

    /** Row-major. */
    public float[] values(String name) throws UntranslatableNetworkException {
        float[] values = param(name).dup('c').data().asFloat();
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new UntranslatableNetworkException("layer " + layer + ", parameter " + name + " holds " + value);
            }
        }
        return values;
    }

    /** Row-major, of those dims. */
    public float[] values(String name, int rows, int columns) throws UntranslatableNetworkException {
        INDArray param = param(name);
        if (param.rank() != 2 || param.size(0) != rows || param.size(1) != columns) {
            throw new UntranslatableNetworkException("layer " + layer + ", parameter " + name + " has the dims "
                    + param.shapeInfoToString() + ", expected [" + rows + ", " + columns + "]");
        }
        return values(name);
    }

    /** {@code [n, 4H]} with column blocks g, f, o, i as {@code [4H, n]} with row blocks i, o, f, g. */
    public float[] gateRows(String name, int hidden) throws UntranslatableNetworkException {
        float[] from = values(name);
        int columns = GATES * hidden;
        int inputs = from.length / columns;
        float[] to = new float[from.length];
        for (int gate = 0; gate < GATES; gate++) {
            for (int unit = 0; unit < hidden; unit++) {
                int column = (GATES - 1 - gate) * hidden + unit;
                int row = gate * hidden + unit;
                for (int input = 0; input < inputs; input++) {
                    to[row * inputs + input] = from[input * columns + column];
                }
            }
        }
        return to;
    }

    private INDArray param(String name) throws UntranslatableNetworkException {
        INDArray param = table.get(name);
        if (param == null) {
            throw new UntranslatableNetworkException("layer " + layer + " has no parameter " + name);
        }
        return param;
    }
}
