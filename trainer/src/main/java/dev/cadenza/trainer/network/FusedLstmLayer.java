package dev.cadenza.trainer.network;

import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.params.LSTMParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DL4J's side of {@link FusedLstm}: input, parameters, state and masks in, a {@link LstmPass} to compute.
 *
 * <p>A pass back uses what the training pass before it kept when input and state are still those of that pass (the same
 * arrays); otherwise it runs forward first, as DL4J's layer always does. In between parameters and mask must stay as they
 * are, as they do in DL4J's training.
 */
final class FusedLstmLayer extends LSTM {
    private static final long serialVersionUID = 1;
    private static final String W = LSTMParamInitializer.INPUT_WEIGHT_KEY;
    private static final String RW = LSTMParamInitializer.RECURRENT_WEIGHT_KEY;
    private static final String B = LSTMParamInitializer.BIAS_KEY;

    private transient @Nullable LstmPass pass;
    private transient @Nullable INDArray tracedInput;
    private transient @Nullable INDArray tracedState;
    private boolean followsState;

    FusedLstmLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        return forward(training, null, null, workspaces);
    }

    @Override
    public INDArray activate(INDArray input, boolean training, LayerWorkspaceMgr workspaces) {
        setInput(input, workspaces);
        return activate(training, workspaces);
    }

    @Override
    public INDArray rnnTimeStep(INDArray input, LayerWorkspaceMgr workspaces) {
        setInput(input, workspaces);
        INDArray result = forward(
                false, stateMap.get(STATE_KEY_PREV_ACTIVATION), stateMap.get(STATE_KEY_PREV_MEMCELL), workspaces);
        State last = lastState();
        stateMap.put(STATE_KEY_PREV_ACTIVATION, last.output());
        stateMap.put(STATE_KEY_PREV_MEMCELL, last.cells());
        return result;
    }

    @Override
    public INDArray rnnActivateUsingStoredState(
            INDArray input, boolean training, boolean storeLastForTbptt, LayerWorkspaceMgr workspaces) {
        setInput(input, workspaces);
        INDArray result = forward(
                training,
                tBpttStateMap.get(STATE_KEY_PREV_ACTIVATION),
                tBpttStateMap.get(STATE_KEY_PREV_MEMCELL),
                workspaces);
        if (storeLastForTbptt) {
            storeTbpttState();
        }
        return result;
    }

    /** See {@link LstmLayers#followState}. */
    void followState() {
        followsState = true;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        if (followsState) {
            return tbpttBackpropGradient(epsilon, Integer.MAX_VALUE, workspaces);
        }
        return backward(epsilon, Integer.MAX_VALUE, null, null, workspaces);
    }

    @Override
    public Pair<Gradient, INDArray> tbpttBackpropGradient(
            INDArray epsilon, int tbpttBackwardLength, LayerWorkspaceMgr workspaces) {
        Pair<Gradient, INDArray> result = backward(
                epsilon,
                tbpttBackwardLength,
                stateMap.get(STATE_KEY_PREV_ACTIVATION),
                stateMap.get(STATE_KEY_PREV_MEMCELL),
                workspaces);
        storeTbpttState();
        return result;
    }

    private void storeTbpttState() {
        State last = lastState();
        tBpttStateMap.put(STATE_KEY_PREV_ACTIVATION, last.output());
        tBpttStateMap.put(STATE_KEY_PREV_MEMCELL, last.cells());
    }

    private INDArray forward(
            boolean training,
            @Nullable INDArray previousOutput,
            @Nullable INDArray previousCells,
            LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        checkInput(previousOutput);
        applyDropOutIfNecessary(training, workspaces);
        LstmPass running = pass();
        INDArray features = permuteIfNWC(input).castTo(dataType);
        running.checkSize(features.size(0) * features.size(2));
        // Output layers want rows of batch and steps, [batch x steps, units]: in this order that is the same memory.
        INDArray result = workspaces
                .createUninitialized(
                        ArrayType.ACTIVATIONS,
                        dataType,
                        new long[] {features.size(0), features.size(2), running.hidden},
                        'f')
                .permute(0, 2, 1);
        running.mask = maskArray == null ? null : maskArray.dup('f').data().asFloat();
        running.forward(features, weights(training, workspaces), previousOutput, previousCells, result, training);
        tracedInput = training ? input : null;
        tracedState = previousOutput;
        return permuteIfNWC(result);
    }

    @SuppressWarnings("try")
    private Pair<Gradient, INDArray> backward(
            INDArray epsilon,
            int backwardLength,
            @Nullable INDArray previousOutput,
            @Nullable INDArray previousCells,
            LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        LstmPass running = pass();
        if (!running.traced() || tracedInput != input || tracedState != previousOutput) {
            try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                forward(true, previousOutput, previousCells, LayerWorkspaceMgr.noWorkspaces());
            }
        }
        int steps = running.steps;
        INDArray inputError = workspaces.createUninitialized(
                ArrayType.ACTIVATION_GRAD, dataType, new long[] {running.batch, running.inputs, steps}, 'f');
        running.backward(
                permuteIfNWC(epsilon).castTo(dataType),
                weights(true, workspaces),
                Math.max(0, steps - backwardLength),
                new LstmPass.Weights(gradientView(W), gradientView(RW), gradientView(B)),
                inputError);
        tracedInput = null;
        tracedState = null;
        weightNoiseParams.clear();
        Gradient gradient = new DefaultGradient();
        for (String key : new String[] {W, RW, B}) {
            gradient.setGradientFor(key, gradientView(key));
        }
        return new Pair<>(gradient, backpropDropOutIfPresent(permuteIfNWC(inputError)));
    }

    private INDArray gradientView(String key) {
        return Objects.requireNonNull(gradientViews.get(key), key);
    }

    private LstmPass.Weights weights(boolean training, LayerWorkspaceMgr workspaces) {
        return new LstmPass.Weights(
                getParamWithNoise(W, training, workspaces),
                getParamWithNoise(RW, training, workspaces),
                getParamWithNoise(B, training, workspaces));
    }

    private record State(INDArray output, INDArray cells) {}

    @SuppressWarnings("try")
    private State lastState() {
        LstmPass running = pass();
        try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            long[] shape = {running.batch, running.hidden};
            State last = new State(
                    Nd4j.createUninitialized(dataType, shape, 'f'), Nd4j.createUninitialized(dataType, shape, 'c'));
            running.lastState(last.output(), last.cells());
            return last;
        }
    }

    private void checkInput(@Nullable INDArray previousOutput) {
        if (input.rank() != 3) {
            throw new IllegalArgumentException(
                    "input of " + layerId() + " has rank " + input.rank() + ", expected 3: [batch, inputs, steps]");
        }
        INDArray columns = permuteIfNWC(input);
        if (columns.size(1) != layerConf().getNIn()) {
            throw new IllegalArgumentException("input of " + layerId() + " is " + columns.size(1)
                    + " wide, expected nIn = " + layerConf().getNIn());
        }
        if (previousOutput != null && previousOutput.size(0) != input.size(0)) {
            throw new IllegalArgumentException("state of " + layerId() + " has " + previousOutput.size(0)
                    + " rows, its input " + input.size(0) + ": call rnnClearPreviousState between batches");
        }
    }

    private LstmPass pass() {
        if (pass == null) {
            pass = LstmPass.of(
                    dataType,
                    Math.toIntExact(layerConf().getNIn()),
                    Math.toIntExact(layerConf().getNOut()));
        }
        return pass;
    }
}
