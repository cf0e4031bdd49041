package dev.cadenza.trainer.performer;

import dev.cadenza.notematrix.PerformerFeatures;
import dev.cadenza.notematrix.RecallFeatures;
import dev.cadenza.trainer.network.NamedParams;
import dev.cadenza.trainer.network.ParamShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Configuration of the performer's output layer: four categorical heads in a chain over [rows, H, steps], each knowing
 * what the earlier ones chose.
 *
 * <p>With h an LSTM's output, z = h Wh + bh in four blocks of U, c the classes chosen, E0 and E1 the multi-hot ends of
 * sounding notes from the onset before and from the new one, K the keys at the new onset, F the durations to copy, M0 to M3
 * what is recalled ({@link RecallFeatures}: interval, keys, velocity, duration):
 *
 * <pre>
 * interval   softmax(tanh(z0 + E0 Ri + M0 Mi) Oi + ci + E0 Di + M0 Ni)
 * pitch      softmax(tanh(z1 + Ip[c0] + K Kp + M1 Mp) Op + cp + K Dp + M1 Np)
 * velocity   softmax(tanh(z2 + Iv[c0] + Pv[c1] + M2 Mv) Ov + cv + M2 Nv)
 * duration   softmax(tanh(z3 + Id[c0] + Pd[c1] + Vd[c2] + E1 Rd + F Fd + M3 Md) Od + cd + [E1 Dd + M3 Nd | F Gd])
 * </pre>
 *
 * Networks from before there was recall have no M. A duration is a class or the copy of another note's end; its
 * probability is the sum of all ways to say it. Parameters are row-major, [inputs, outputs], under the names above. Labels
 * are {@link #LABELS} columns.
 */
public final class PerformerHeads extends BaseOutputLayer {
    private static final long serialVersionUID = 1;

    /** Columns of its labels. */
    public static final int LABELS = PerformerColumns.LABELS;

    /** Units of a head's hidden layer. */
    static final int UNITS = 256;

    static final int HEADS = PerformerColumns.ATTRIBUTES;

    private static final double EMBEDDING = 0.1;

    private boolean recall;

    /** For reading from JSON; everywhere else {@link #clipped}. */
    public PerformerHeads() {}

    /** The layer over so many LSTM units, its gradient clipped to that length. */
    static PerformerHeads clipped(int hidden, double clip, boolean recall) {
        PerformerHeads layer = new PerformerHeads();
        layer.setRecall(recall);
        layer.setNIn(hidden);
        layer.setNOut(PerformerColumns.LOGITS);
        layer.setActivationFn(new ActivationSoftmax());
        layer.setLossFn(new LossMCXENT());
        layer.setGradientNormalization(GradientNormalization.ClipL2PerLayer);
        layer.setGradientNormalizationThreshold(clip);
        return layer;
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> trainingListeners,
            int layerIndex,
            INDArray layerParamsView,
            boolean initializeParams,
            DataType networkDataType) {
        return NamedParams.complete(
                new PerformerHeadsLayer(conf, networkDataType),
                conf,
                trainingListeners,
                layerIndex,
                layerParamsView,
                initializeParams);
    }

    @Override
    public ParamInitializer initializer() {
        return new NamedParams(shapes(Math.toIntExact(getNIn()), recall));
    }

    /** Whether the heads see what is recalled; the first networks did not. */
    public boolean isRecall() {
        return recall;
    }

    /** For reading from JSON. */
    public void setRecall(boolean recall) {
        this.recall = recall;
    }

    private static List<ParamShape> shapes(int hidden, boolean recall) {
        List<ParamShape> shapes = new ArrayList<>(firstShapes(hidden));
        if (recall) {
            shapes.addAll(recallShapes());
        }
        return shapes;
    }

    /** Zeros, so that a network without them can go on with them where it was. */
    private static List<ParamShape> recallShapes() {
        int intervals = PerformerColumns.INTERVALS;
        int keys = PerformerColumns.KEYS;
        int velocities = PerformerColumns.VELOCITIES;
        int durations = PerformerColumns.DURATIONS;
        return List.of(
                ParamShape.zeros("Mi", intervals, UNITS),
                ParamShape.zeros("Ni", intervals, intervals),
                ParamShape.zeros("Mp", RecallFeatures.KEYS_WIDTH, UNITS),
                ParamShape.zeros("Np", RecallFeatures.KEYS_WIDTH, keys),
                ParamShape.zeros("Mv", velocities, UNITS),
                ParamShape.zeros("Nv", velocities, velocities),
                ParamShape.zeros("Md", durations, UNITS),
                ParamShape.zeros("Nd", durations, durations));
    }

    private static List<ParamShape> firstShapes(int hidden) {
        int intervals = PerformerColumns.INTERVALS;
        int keys = PerformerColumns.KEYS;
        int velocities = PerformerColumns.VELOCITIES;
        int durations = PerformerColumns.DURATIONS;
        int keyFeatures = PerformerFeatures.KEYS_WIDTH;
        return List.of(
                ParamShape.weight("Wh", hidden, HEADS * UNITS),
                ParamShape.bias("bh", HEADS * UNITS),
                new ParamShape("Ri", durations, UNITS, EMBEDDING),
                ParamShape.weight("Oi", UNITS, intervals),
                ParamShape.bias("ci", intervals),
                ParamShape.zeros("Di", durations, intervals),
                new ParamShape("Ip", intervals, UNITS, EMBEDDING),
                ParamShape.weight("Kp", keyFeatures, UNITS),
                ParamShape.weight("Op", UNITS, keys),
                ParamShape.bias("cp", keys),
                ParamShape.zeros("Dp", keyFeatures, keys),
                new ParamShape("Iv", intervals, UNITS, EMBEDDING),
                new ParamShape("Pv", keys, UNITS, EMBEDDING),
                ParamShape.weight("Ov", UNITS, velocities),
                ParamShape.bias("cv", velocities),
                new ParamShape("Id", intervals, UNITS, EMBEDDING),
                new ParamShape("Pd", keys, UNITS, EMBEDDING),
                new ParamShape("Vd", velocities, UNITS, EMBEDDING),
                new ParamShape("Rd", durations, UNITS, EMBEDDING),
                new ParamShape("Fd", PerformerFeatures.COPIES_WIDTH, UNITS, EMBEDDING),
                ParamShape.weight("Od", UNITS, PerformerColumns.DURATION_CHOICES),
                ParamShape.bias("cd", PerformerColumns.DURATION_CHOICES),
                ParamShape.zeros("Dd", durations, durations),
                ParamShape.zeros("Gd", PerformerFeatures.COPIES_WIDTH, PerformerColumns.COPIES));
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return InputType.recurrent(PerformerColumns.LOGITS, RNNFormat.NCW);
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        // The width is given.
    }
}
