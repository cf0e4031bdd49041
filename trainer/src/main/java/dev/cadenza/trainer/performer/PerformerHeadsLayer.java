package dev.cadenza.trainer.performer;

import dev.cadenza.trainer.network.StepRows;
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
 * DL4J's side of {@link PerformerHeads}. The score is nats summed over steps, divided by rows. One thread.
 */
final class PerformerHeadsLayer extends BaseOutputLayer<PerformerHeads> {
    private static final long serialVersionUID = 1;

    private transient @Nullable HeadsPass pass;
    /** Nats of the batch that the last pass back was for, until its score is asked. */
    private double measured = Double.NaN;

    PerformerHeadsLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
        if (dataType != DataType.FLOAT) {
            throw new IllegalArgumentException("data type of a performer (" + dataType + ") must be FLOAT");
        }
    }

    /** The masked logits [rows, {@link PerformerColumns#LOGITS}, steps] given the labels' classes. */
    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        HeadsPass running = forward();
        INDArray result =
                StepRows.array(running.logits(), (int) input.size(0), PerformerColumns.LOGITS, (int) input.size(2));
        return workspaces.leverageTo(ArrayType.ACTIVATIONS, result);
    }

    /**
     * The likelihood of every note.
     *
     * @param outputs the LSTM's [rows, H, steps]
     * @param truth labels [rows, {@link PerformerColumns#LABELS}, steps]
     * @return -ln p in nats [steps, rows, 4], row-major
     */
    float[] nats(INDArray outputs, INDArray truth) {
        HeadsPass running = pass();
        running.forward(outputs, truth, params);
        float[] nats = new float[(int) (outputs.size(0) * outputs.size(2)) * PerformerColumns.ATTRIBUTES];
        running.measure(null, false, nats);
        return nats;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(@Nullable INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        HeadsPass running = forward();
        measured = running.measure(mask(), true, null);
        long[] shape = {input.size(0), input.size(2), input.size(1)};
        INDArray error = workspaces
                .createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, shape, 'f')
                .permute(0, 2, 1);
        running.backward(params, gradientViews, error);
        Gradient gradient = new DefaultGradient();
        gradientViews.forEach(gradient::setGradientFor);
        return new Pair<>(gradient, error);
    }

    @Override
    public double computeScore(double fullNetRegTerm, boolean training, LayerWorkspaceMgr workspaces) {
        double nats = measured;
        if (Double.isNaN(nats)) {
            nats = forward().measure(mask(), false, null);
        }
        measured = Double.NaN;
        score = nats / input.size(0) + fullNetRegTerm;
        return score;
    }

    @Override
    public INDArray computeScoreForExamples(double fullNetRegTerm, LayerWorkspaceMgr workspaces) {
        int rows = (int) input.size(0);
        int steps = (int) input.size(2);
        float[] nats = new float[rows * steps * PerformerColumns.ATTRIBUTES];
        forward().measure(mask(), false, nats);
        float[] sums = new float[rows];
        for (int i = 0; i < nats.length; i++) {
            sums[i / PerformerColumns.ATTRIBUTES % rows] += nats[i];
        }
        return workspaces.leverageTo(
                ArrayType.ACTIVATIONS,
                Nd4j.createFromArray(sums).reshape(rows, 1).addi(fullNetRegTerm));
    }

    private HeadsPass forward() {
        if (input == null || labels == null) {
            throw new IllegalStateException("the performer's heads need input and labels: " + layerId());
        }
        HeadsPass running = pass();
        running.forward(input, labels, params);
        return running;
    }

    /** By row n = step x rows + row; null when all count. */
    private float @Nullable [] mask() {
        return maskArray == null ? null : maskArray.dup('f').data().asFloat();
    }

    private HeadsPass pass() {
        if (pass == null) {
            pass = new HeadsPass(Math.toIntExact(layerConf().getNIn()));
        }
        return pass;
    }

    @Override
    protected INDArray getLabels2d(LayerWorkspaceMgr workspaces, ArrayType arrayType) {
        return Objects.requireNonNull(labels);
    }
}
