package dev.cadenza.trainer.roll.head;

import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.network.NativeFloats;
import java.util.Arrays;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseOutputLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DL4J's side of a {@link RollHead}. The score is nats summed over keys and steps, divided by sequences. One thread.
 */
public final class RollHeadLayer extends BaseOutputLayer<RollHead> {
    private static final long serialVersionUID = 1;

    private transient @Nullable HeadPass pass;
    /** Nats of the batch that the last pass back was for, until its score is asked. */
    private double measured = Double.NaN;

    RollHeadLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
        if (dataType != DataType.FLOAT) {
            throw new IllegalArgumentException("data type of a piano-roll head (" + dataType + ") must be FLOAT");
        }
    }

    /** The logits [rows, 1, steps] given the labels' lower keys. */
    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        float[] logits = forward(false);
        long[] shape = {input.size(0), 1, input.size(2)};
        // The pass keeps room for the largest batch so far.
        int rows = Math.toIntExact(shape[0] * shape[2]);
        return workspaces.leverageTo(ArrayType.ACTIVATIONS, Nd4j.create(Arrays.copyOf(logits, rows), shape, 'f'));
    }

    /**
     * The logit of every key.
     *
     * @param outputs the time axis' [rows, H, steps]
     * @param truth labels [rows, columns, steps]
     * @return [steps, rows], row-major, valid until the next call
     */
    public float[] logits(INDArray outputs, INDArray truth) {
        return pass().forward(outputs, truth, params, false);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(@Nullable INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        applyDropOutIfNecessary(true, workspaces);
        float[] error = forward(true).clone();
        measured = measure(error, true);
        long[] shape = {input.size(0), input.size(2), input.size(1)};
        INDArray below = workspaces
                .createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, shape, 'f')
                .permute(0, 2, 1);
        pass().backward(error, params, gradientViews, below);
        Gradient gradient = new DefaultGradient();
        gradientViews.forEach(gradient::setGradientFor);
        return new Pair<>(gradient, backpropDropOutIfPresent(below));
    }

    /** Nats of the batch; logits become their gradients where asked for. */
    private double measure(float[] logits, boolean differentiate) {
        float[] truth = NativeFloats.of(HeadArrays.columnsApart(Objects.requireNonNull(labels)));
        float[] mask = maskArray == null ? null : maskArray.dup('f').data().asFloat();
        int rows = Math.toIntExact(input.size(0) * input.size(2));
        double nats = 0;
        for (int n = 0; n < rows; n++) {
            boolean counts = mask == null || mask[n] != 0;
            float logit = logits[n];
            if (counts) {
                nats += HeadArrays.nats(logit, truth[n] != 0);
            }
            if (differentiate) {
                logits[n] = counts ? (float) (1 / (1 + Math.exp(-logit))) - truth[n] : 0;
            }
        }
        return nats;
    }

    @Override
    public double computeScore(double fullNetRegTerm, boolean training, LayerWorkspaceMgr workspaces) {
        double nats = measured;
        if (Double.isNaN(nats)) {
            nats = measure(forward(false), false);
        }
        measured = Double.NaN;
        score = nats * PianoRoll.KEYS / input.size(0) + fullNetRegTerm;
        return score;
    }

    @Override
    public INDArray computeScoreForExamples(double fullNetRegTerm, LayerWorkspaceMgr workspaces) {
        throw new UnsupportedOperationException("a row is a key, not an example: RollLikelihood measures sequences");
    }

    private float[] forward(boolean trace) {
        if (input == null || labels == null) {
            throw new IllegalStateException("a piano-roll head needs input and labels: " + layerId());
        }
        return pass().forward(input, labels, params, trace);
    }

    private HeadPass pass() {
        if (pass == null) {
            pass = layerConf().pass();
        }
        return pass;
    }

    @Override
    protected INDArray getLabels2d(LayerWorkspaceMgr workspaces, ArrayType arrayType) {
        return Objects.requireNonNull(labels);
    }
}
