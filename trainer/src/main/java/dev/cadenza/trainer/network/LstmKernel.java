package dev.cadenza.trainer.network;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The pass of one LSTM from a zero state, for layers that hold an LSTM of their own. Single precision; the equations are
 * this package's. Keeps native memory for as many steps as it has met. One thread.
 */
public final class LstmKernel {
    private final LstmPass pass;

    /** An LSTM of that width. */
    public LstmKernel(int inputs, int hidden) {
        pass = LstmPass.of(DataType.FLOAT, inputs, hidden);
    }

    /** W [inputs, 4H], RW [H, 4H] and b [1, 4H], column blocks g, f, o, i; any order, gradients in 'f' order. */
    public record Parameters(INDArray input, INDArray recurrent, INDArray bias) {
        LstmPass.Weights weights() {
            return new LstmPass.Weights(input, recurrent, bias);
        }
    }

    /**
     * Runs all steps.
     *
     * @param features [rows, inputs, steps], best in 'f' order
     * @param result [rows, H, steps], rows together: overwritten
     * @param trace whether {@link #backward} follows
     */
    public void forward(INDArray features, Parameters parameters, INDArray result, boolean trace) {
        pass.checkSize(features.size(0) * features.size(2));
        pass.forward(features, parameters.weights(), null, null, result, trace);
    }

    /**
     * Runs back over the last traced {@link #forward}.
     *
     * @param error dL/dh [rows, H, steps]
     * @param gradients overwritten, 'f' order
     * @param inputError dL/dx [rows, inputs, steps], 'f' order: overwritten
     */
    public void backward(INDArray error, Parameters parameters, Parameters gradients, INDArray inputError) {
        pass.backward(error, parameters.weights(), 0, gradients.weights(), inputError);
    }
}
