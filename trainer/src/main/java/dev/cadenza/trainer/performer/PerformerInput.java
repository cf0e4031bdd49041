package dev.cadenza.trainer.performer;

import dev.cadenza.notematrix.PerformerFeatures;
import dev.cadenza.notematrix.RecallFeatures;
import dev.cadenza.trainer.network.NamedParams;
import dev.cadenza.trainer.network.ParamShape;
import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Configuration of the layer that turns the classes of the note before into embeddings and puts everything else next to
 * them: [rows, {@link PerformerColumns#FEATURES}, steps] to [rows, {@link #WIDTH}, steps], or without the columns of what is
 * recalled, which are the last.
 *
 * <p>Parameters, row-major: {@code Ei} [125, 48], {@code Ep} [89, 64], {@code Ev} [33, 32], {@code Ed} [125, 48], the
 * embeddings of interval, key, velocity and duration; the last row of each is the start of a piece.
 */
public final class PerformerInput extends FeedForwardLayer {
    private static final long serialVersionUID = 1;

    /** Keys of the embeddings. */
    public static final List<String> EMBEDDINGS = List.of("Ei", "Ep", "Ev", "Ed");

    /** Rows of each embedding: its classes and the start. */
    static final int[] ROWS = {
        PerformerColumns.INTERVALS + 1,
        PerformerColumns.KEYS + 1,
        PerformerColumns.VELOCITIES + 1,
        PerformerColumns.DURATIONS + 1
    };

    /** Width of each embedding. */
    static final int[] WIDTHS = {48, 64, 32, 48};

    /** Numbers of all embeddings. */
    static final int EMBEDDED = 48 + 64 + 32 + 48;

    /** Columns of what comes in, whether a network recalls or not. */
    public static final int COLUMNS = PerformerColumns.FEATURES;

    /** Columns of the output. */
    public static final int WIDTH = EMBEDDED + PerformerColumns.FEATURES - PerformerColumns.SCALARS;

    /** Columns of the output of a network that recalls nothing, as the first ones were. */
    public static final int WIDTH_WITHOUT_RECALL = WIDTH - RecallFeatures.SCALARS;

    private static final double DEVIATION = 0.3;

    /** For reading from JSON; everywhere else {@link #clipped}. */
    public PerformerInput() {}

    /** The layer, its gradient clipped to that length. */
    static PerformerInput clipped(double clip, boolean recall) {
        PerformerInput layer = new PerformerInput();
        layer.setNIn(PerformerColumns.FEATURES);
        layer.setNOut(recall ? WIDTH : WIDTH_WITHOUT_RECALL);
        layer.setActivationFn(new ActivationIdentity());
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
                new PerformerInputLayer(conf, networkDataType),
                conf,
                trainingListeners,
                layerIndex,
                layerParamsView,
                initializeParams);
    }

    @Override
    public ParamInitializer initializer() {
        List<ParamShape> shapes = new java.util.ArrayList<>();
        for (int i = 0; i < ROWS.length; i++) {
            shapes.add(new ParamShape(EMBEDDINGS.get(i), ROWS[i], WIDTHS[i], DEVIATION));
        }
        return new NamedParams(shapes);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return InputType.recurrent(getNOut(), RNNFormat.NCW);
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        // The width is fixed.
    }

    @Override
    public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        throw new IllegalArgumentException("input types are not inferred: rows have " + PerformerColumns.FEATURES
                + " columns, of them " + PerformerFeatures.KEYS_WIDTH + " for the keys");
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        throw new UnsupportedOperationException("memory of a performer's input is not estimated");
    }
}
