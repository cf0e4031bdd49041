package dev.cadenza.trainer.performer;

import dev.cadenza.notematrix.PerformerControls;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.trainer.network.StepRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A performer on given pieces, from their first note and a zero state on, some steps at a time: all that it says, for
 * comparison with another engine. One thread; the network's recurrent state is its own.
 */
public final class PerformerRun {
    private final MultiLayerNetwork network;
    private final List<Lane> lanes = new ArrayList<>();
    private final int steps;
    private int position;

    /**
     * What the network says of some steps.
     *
     * @param controls that it was given {@code [steps, rows, 17]}, row-major as all others
     * @param logits masked {@code [steps, rows, 372]}
     * @param logp of the notes, nats {@code [steps, rows, 4]}
     * @param h after the last step {@code [rows, hidden]}
     * @param c after the last step {@code [rows, hidden]}
     */
    @SuppressWarnings("ArrayRecordComponent") // Numbers to be compared one by one.
    public record Said(float[] controls, float[] logits, float[] logp, float[] h, float[] c) {}

    /**
     * A run from the start.
     *
     * @param notes {@code [rows, steps, 4]}, row-major: interval, MIDI pitch, velocity, duration
     * @throws IllegalArgumentException when a piano cannot play them
     */
    public PerformerRun(MultiLayerNetwork network, int[] notes, int rows, int steps) {
        this.network = network;
        this.steps = steps;
        int width = steps * PerformerColumns.ATTRIBUTES;
        for (int row = 0; row < rows; row++) {
            int[] own = Arrays.copyOfRange(notes, row * width, (row + 1) * width);
            PerformedPiece piece = PerformedPiece.of(own, PerformerEncoding.STANDARD);
            if (piece.notes() != steps) {
                throw new IllegalArgumentException("row " + row + " has " + (steps - piece.notes())
                        + " notes that are not on the piano or strike a key twice");
            }
            Lane lane = new Lane(false);
            lane.start(piece);
            lanes.add(lane);
        }
        network.rnnClearPreviousState();
    }

    /**
     * Goes on.
     *
     * @param count steps, of those that are left
     * @param controlSeed chooses which controls the network is given; 0 for none
     */
    public Said next(int count, long controlSeed) {
        if (count < 1 || position + count > steps) {
            throw new IllegalArgumentException("count (" + count + ") must be 1.." + (steps - position));
        }
        int rows = lanes.size();
        float[] features = new float[rows * count * PerformerColumns.FEATURES];
        float[] labels = new float[rows * count * PerformerColumns.LABELS];
        for (int row = 0; row < rows; row++) {
            lanes.get(row)
                    .write(position, count, controlSeed == 0 ? 0 : controlSeed + row, features, labels, row, rows);
        }
        position += count;
        LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
        INDArray input = network.getLayer(0)
                .activate(StepRows.array(features, rows, PerformerColumns.FEATURES, count), false, none);
        RecurrentLayer lstm = (RecurrentLayer) network.getLayer(1);
        INDArray outputs = lstm.rnnTimeStep(input, none);
        INDArray truth = StepRows.array(labels, rows, PerformerColumns.LABELS, count);
        PerformerHeadsLayer heads = (PerformerHeadsLayer) network.getLayer(2);
        float[] logp = heads.nats(outputs, truth);
        for (int i = 0; i < logp.length; i++) {
            logp[i] = -logp[i];
        }
        heads.setInput(outputs, none);
        heads.setLabels(truth);
        float[] logits = StepRows.read(heads.activate(false, none), PerformerColumns.LOGITS);
        Map<String, INDArray> state = lstm.rnnGetPreviousState();
        return new Said(
                controls(features),
                logits,
                logp,
                rowMajor(state.get(LSTM.STATE_KEY_PREV_ACTIVATION)),
                rowMajor(state.get(LSTM.STATE_KEY_PREV_MEMCELL)));
    }

    private static float[] controls(float[] features) {
        int rows = features.length / PerformerColumns.FEATURES;
        float[] controls = new float[rows * PerformerControls.WIDTH];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(
                    features,
                    row * PerformerColumns.FEATURES + PerformerColumns.CONTROLS,
                    controls,
                    row * PerformerControls.WIDTH,
                    PerformerControls.WIDTH);
        }
        return controls;
    }

    private static float[] rowMajor(@Nullable INDArray values) {
        return Objects.requireNonNull(values).dup('c').data().asFloat();
    }
}
