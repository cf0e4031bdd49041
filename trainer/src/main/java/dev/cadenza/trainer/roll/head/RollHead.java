package dev.cadenza.trainer.roll.head;

import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.network.NamedParams;
import dev.cadenza.trainer.network.ParamShape;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

/**
 * Configuration of an output layer over a tied time axis [88 B, H, T]: row 88 b + k is key k of sequence b. Its labels
 * [88 B, {@link #labelColumns}, T] are the values of the key itself, of the key below
 * it, of the one below that, and so on. Parameters are
 * row-major, [inputs, outputs].
 */
public abstract class RollHead extends BaseOutputLayer {
    private static final long serialVersionUID = 1;
    private static final int MOST_UNITS = 1 << 20;

    private int units;

    /** For reading from JSON. */
    RollHead() {}

    RollHead(int hidden, int units, double clip) {
        this.units = units;
        setNIn(hidden);
        setNOut(1);
        setActivationFn(new ActivationSigmoid());
        setLossFn(new LossBinaryXENT());
        setGradientNormalization(GradientNormalization.ClipL2PerLayer);
        setGradientNormalizationThreshold(clip);
    }

    /** How many columns a row of labels has. */
    public abstract int labelColumns();

    abstract List<ParamShape> shapes();

    abstract HeadPass pass();

    /** Log-odds that a network begins with for every key: about four of 88 sound in a step. */
    public static final double FIRST_LOGIT = -3;

    /** Changes drawn initial values where others are better. */
    void initialise(Map<String, INDArray> parameters) {
        HeadArrays.parameter(parameters, "c").assign(FIRST_LOGIT);
    }

    /** Hidden units. */
    public int getUnits() {
        return units;
    }

    /** For reading from JSON. */
    public void setUnits(int units) {
        if (units < 0 || units > MOST_UNITS) {
            throw new IllegalArgumentException("units (" + units + ") must be in 0.." + MOST_UNITS);
        }
        this.units = units;
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> trainingListeners,
            int layerIndex,
            INDArray layerParamsView,
            boolean initializeParams,
            DataType networkDataType) {
        RollHeadLayer layer = NamedParams.complete(
                new RollHeadLayer(conf, networkDataType),
                conf,
                trainingListeners,
                layerIndex,
                layerParamsView,
                initializeParams);
        if (initializeParams) {
            initialise(layer.paramTable());
        }
        return layer;
    }

    @Override
    public ParamInitializer initializer() {
        return new NamedParams(shapes());
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return InputType.recurrent(PianoRoll.KEYS, RNNFormat.NCW);
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        // The width is given.
    }

    @Override
    public @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        // It reads the steps as they are.
        return null;
    }
}
