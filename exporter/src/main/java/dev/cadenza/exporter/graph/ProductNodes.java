package dev.cadenza.exporter.graph;

import java.util.List;

/** How a network's weights lie in the file, and how the graph multiplies with them. */
public interface ProductNodes {
    /** Rows to look up. */
    OnnxRef table(Expressions x, String name, Matrix values);

    /**
     * {@code rows weights + bias}.
     *
     * @param rows {@code [seq, batch, weights.rows]}
     * @param bias one row
     * @return {@code [seq, batch, weights.columns]}
     */
    OnnxRef product(Expressions x, String name, OnnxRef rows, Matrix weights, Matrix bias);

    /** {@code rows weights}, likewise. */
    OnnxRef product(Expressions x, String name, OnnxRef rows, Matrix weights);

    /**
     * One LSTM, its state from {@code h} and {@code c} to tensors named {@code h_next} and {@code c_next}.
     *
     * @param rows {@code [seq, batch, X]}
     * @return h of every step, {@code [seq, batch, H]}
     */
    OnnxRef lstm(Expressions x, OnnxRef rows, OnnxRef h, OnnxRef c, LstmWeights weights);

    /** The outputs of the LSTM's node: h of every step, h and c after the last. */
    static List<String> lstmOutputs(Expressions x) {
        return List.of(x.name("all_h"), "h_next", "c_next");
    }
}
