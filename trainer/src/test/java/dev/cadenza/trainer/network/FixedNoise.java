package dev.cadenza.trainer.network;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Drops every third input or weight, beginning at another each time, where DL4J would draw which. */
final class FixedNoise implements IDropout, IWeightNoise {
    private static final long serialVersionUID = 1;

    private static INDArray drop(INDArray from, INDArray to, int iteration) {
        for (long i = 0; i < from.length(); i++) {
            to.putScalar(i, (i + iteration) % 3 == 0 ? 0 : 1.5 * from.getDouble(i));
        }
        return to;
    }

    @Override
    public INDArray applyDropout(
            INDArray input, INDArray result, int iteration, int epoch, LayerWorkspaceMgr workspaces) {
        return drop(input, result, iteration);
    }

    @Override
    public INDArray backprop(INDArray above, INDArray below, int iteration, int epoch) {
        return drop(above, below, iteration);
    }

    @Override
    public INDArray getParameter(
            Layer layer, String key, int iteration, int epoch, boolean train, LayerWorkspaceMgr workspaces) {
        INDArray parameter = layer.getParam(key);
        return train ? drop(parameter, workspaces.dup(ArrayType.INPUT, parameter), iteration) : parameter;
    }

    @Override
    public void clear() {}

    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public FixedNoise clone() {
        return this;
    }
}
