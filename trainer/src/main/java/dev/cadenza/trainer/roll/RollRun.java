package dev.cadenza.trainer.roll;

import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.roll.head.PlainHead;
import dev.cadenza.trainer.roll.head.RollHead;
import dev.cadenza.trainer.roll.head.RollHeadLayer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A piano-roll network that reads a batch of rolls from a zero state, any number of steps at a time. One thread. */
public final class RollRun {
    private static final int KEYS = PianoRoll.KEYS;

    private final MultiLayerNetwork network;
    private final RollArchitecture architecture;
    private final List<PianoRoll> rolls;
    private final int labelColumns;
    private int from;

    /** Clears the network's state. */
    public RollRun(MultiLayerNetwork network, RollArchitecture architecture, List<PianoRoll> rolls) {
        this.network = network;
        this.architecture = architecture;
        this.rolls = rolls;
        labelColumns = network.getLayer(1).conf().getLayer() instanceof RollHead head ? head.labelColumns() : 0;
        network.rnnClearPreviousState();
    }

    /**
     * The log-odds of every key in the next steps, given all before and the keys below; steps past a roll's end are
     * idle.
     */
    public Logits next(int steps) {
        RollBatch batch = new RollBatch(architecture, labelColumns, rolls.size(), steps);
        for (int sequence = 0; sequence < rolls.size(); sequence++) {
            batch.write(sequence, rolls.get(sequence), from, 0);
        }
        from += steps;
        INDArray outputs =
                ((RecurrentLayer) network.getLayer(0)).rnnTimeStep(batch.features(), LayerWorkspaceMgr.noWorkspaces());
        int rows = Math.toIntExact(outputs.size(0));
        if (network.getLayer(1) instanceof RollHeadLayer head) {
            return new Logits(head.logits(outputs, batch.labels()), rows, KEYS, 1);
        }
        return new Logits(PlainHead.logits(network, outputs), rows, 1, rows * steps);
    }

    /** The LSTM's output after the last step, [rolls, units of all rows of a roll], row-major. */
    public float[] h() {
        return state(LSTM.STATE_KEY_PREV_ACTIVATION);
    }

    /** The LSTM's cells after the last step, as {@link #h}. */
    public float[] c() {
        return state(LSTM.STATE_KEY_PREV_MEMCELL);
    }

    private float[] state(String key) {
        Map<String, INDArray> state = network.rnnGetPreviousState(0);
        return Objects.requireNonNull(state.get(key), key).dup('c').data().asFloat();
    }

    /** Log-odds of keys, as the head left them. */
    @SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
    public record Logits(float[] values, int stepStride, int sequenceStride, int keyStride) {
        /** Of one key. */
        public float at(int sequence, int step, int key) {
            return values[step * stepStride + sequence * sequenceStride + key * keyStride];
        }
    }
}
