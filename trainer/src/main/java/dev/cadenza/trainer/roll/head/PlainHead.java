package dev.cadenza.trainer.roll.head;

import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.network.NativeFloats;
import dev.cadenza.trainer.network.Products;
import java.lang.ref.Reference;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The single LSTM's output layer, before the logistic function: its probabilities round to 1 where logits do not. */
public final class PlainHead {
    private PlainHead() {}

    /**
     * Logits of all keys.
     *
     * @param outputs the LSTM's [rows, H, steps]
     * @return [88, steps, rows], row-major
     */
    public static float[] logits(MultiLayerNetwork network, INDArray outputs) {
        Map<String, INDArray> parameters =
                network.getLayer(network.getnLayers() - 1).paramTable();
        int hidden = Math.toIntExact(outputs.size(1));
        int count = Math.toIntExact(outputs.size(0) * outputs.size(2));
        INDArray h = HeadArrays.columnsApart(outputs);
        // [H, 88] in 'f' order is [88, H] row-major.
        INDArray weights = HeadArrays.parameter(parameters, "W").dup('f');
        FloatPointer product = new FloatPointer((long) PianoRoll.KEYS * count);
        try {
            Products.multiply(
                    false,
                    false,
                    PianoRoll.KEYS,
                    count,
                    hidden,
                    NativeFloats.pointer(weights),
                    NativeFloats.pointer(h),
                    0,
                    product);
        } finally {
            // ND4J frees what nothing refers to, and a pointer is an address alone.
            Reference.reachabilityFence(weights);
            Reference.reachabilityFence(h);
        }
        float[] logits = new float[PianoRoll.KEYS * count];
        product.get(logits);
        float[] bias = NativeFloats.of(HeadArrays.parameter(parameters, "b").dup('c'));
        for (int key = 0; key < PianoRoll.KEYS; key++) {
            for (int i = 0; i < count; i++) {
                logits[key * count + i] += bias[key];
            }
        }
        product.close();
        return logits;
    }
}
