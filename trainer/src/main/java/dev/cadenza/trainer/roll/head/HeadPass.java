package dev.cadenza.trainer.roll.head;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A head over all rows of a batch at once. Rows n = step x rows + row. Single precision; one thread.
 */
interface HeadPass {
    /**
     * Computes logits.
     *
     * @param outputs the time axis' [rows, H, steps]
     * @param labels [rows, columns, steps]
     * @param trace whether {@link #backward} follows
     * @return by row n, valid until the next call
     */
    float[] forward(INDArray outputs, INDArray labels, Map<String, INDArray> parameters, boolean trace);

    /**
     * Runs back over the last traced forward pass.
     *
     * @param error dL/dz by row n
     * @param gradients overwritten
     * @param below dL/dh, in memory [H][steps][rows]: overwritten
     */
    void backward(float[] error, Map<String, INDArray> parameters, Map<String, INDArray> gradients, INDArray below);
}
