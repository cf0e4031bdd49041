package dev.cadenza.trainer.roll;

import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.roll.head.KeyWalk;
import dev.cadenza.trainer.roll.head.NadeWalk;
import dev.cadenza.trainer.roll.head.NoteAxisWalk;
import dev.cadenza.trainer.roll.head.PlainHead;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Plays a piano-roll network: each step is drawn, key by key, and given to the next. One thread. */
public final class RollSampler {
    private static final int KEYS = PianoRoll.KEYS;

    private RollSampler() {}

    /**
     * Draws steps from silence on.
     *
     * @param temperature log-odds are divided by it, above 0
     */
    public static PianoRoll sample(
            MultiLayerNetwork network, RollArchitecture architecture, int steps, double temperature, long seed) {
        if (!(temperature > 0)) {
            throw new IllegalArgumentException("temperature (" + temperature + ") must be above 0");
        }
        SplittableRandom random = new SplittableRandom(seed);
        KeyWalk.Choice draw = (key, logit) -> random.nextDouble() < KeyWalk.logistic(logit / temperature);
        return play(network, architecture, steps, draw);
    }

    /** Plays with every key decided by {@code choice}. */
    static PianoRoll play(MultiLayerNetwork network, RollArchitecture architecture, int steps, KeyWalk.Choice choice) {
        int last = network.getnLayers() - 1;
        KeyWalk walk = architecture == RollArchitecture.TP_LSTM_NADE
                ? new NadeWalk(network.getLayer(last).paramTable())
                : architecture == RollArchitecture.BALSTM
                        ? new NoteAxisWalk(network.getLayer(last).paramTable())
                        : null;
        PianoRoll.Builder played = new PianoRoll.Builder(steps);
        network.rnnClearPreviousState();
        for (int step = 0; step < steps; step++) {
            // The roll so far is what the features of this step are made of.
            PianoRoll before = played.build();
            RollBatch batch = new RollBatch(architecture, 1, 1, 1);
            batch.write(0, before, step, 0);
            INDArray outputs = batch.features();
            for (int layer = 0; layer < last; layer++) {
                outputs = ((RecurrentLayer) network.getLayer(layer))
                        .rnnTimeStep(outputs, LayerWorkspaceMgr.noWorkspaces());
            }
            boolean[] on = walk == null
                    ? independent(PlainHead.logits(network, outputs), choice)
                    : walk.step(byKey(outputs), choice);
            for (int key = 0; key < KEYS; key++) {
                if (on[key]) {
                    played.on(step, key);
                }
            }
        }
        network.rnnClearPreviousState();
        return played.build();
    }

    private static boolean[] independent(float[] logits, KeyWalk.Choice choice) {
        boolean[] on = new boolean[KEYS];
        for (int key = 0; key < KEYS; key++) {
            on[key] = choice.sounds(key, logits[key]);
        }
        return on;
    }

    /** The outputs [88, H, 1] of one step. */
    private static float[][] byKey(INDArray outputs) {
        float[][] values = new float[KEYS][(int) outputs.size(1)];
        for (int key = 0; key < KEYS; key++) {
            for (int unit = 0; unit < values[key].length; unit++) {
                values[key][unit] = outputs.getFloat(key, unit, 0);
            }
        }
        return values;
    }
}
