package dev.cadenza.trainer.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.roll.head.KeyWalk;
import dev.cadenza.trainer.roll.head.NadeHead;
import dev.cadenza.trainer.roll.head.NadeWalk;
import dev.cadenza.trainer.roll.head.NoteAxisWalk;
import dev.cadenza.trainer.roll.head.RollHeadLayer;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Holds the heads over whole batches against themselves one key after the other. */
final class HeadWalkTest {
    private static final int KEYS = PianoRoll.KEYS;

    private final Random random = new Random(21);

    private static KeyWalk walk(RollHeadLayer head) {
        return head.layerConf() instanceof NadeHead
                ? new NadeWalk(head.paramTable())
                : new NoteAxisWalk(head.paramTable());
    }

    private static RollHeadLayer head(MultiLayerNetwork network) {
        return (RollHeadLayer) network.getLayer(network.getnLayers() - 1);
    }

    private static float[][] keys(INDArray outputs, int sequence, int step) {
        float[][] keys = new float[KEYS][(int) outputs.size(1)];
        for (int key = 0; key < KEYS; key++) {
            for (int unit = 0; unit < keys[key].length; unit++) {
                keys[key][unit] = outputs.getFloat(KEYS * sequence + key, unit, step);
            }
        }
        return keys;
    }

    private static void assertLogits(RollHeadLayer head, INDArray outputs, List<PianoRoll> rolls, float[] logits) {
        KeyWalk walk = walk(head);
        int rows = KEYS * rolls.size();
        for (int sequence = 0; sequence < rolls.size(); sequence++) {
            PianoRoll roll = rolls.get(sequence);
            for (int step = 0; step < roll.steps(); step++) {
                int at = step;
                int firstRow = step * rows + KEYS * sequence;
                boolean[] on = walk.step(keys(outputs, sequence, step), (key, logit) -> {
                    assertThat(logits[firstRow + key])
                            .as("step %d, key %d", at, key)
                            .isCloseTo((float) logit, within(1e-4f));
                    return roll.on(at, key);
                });
                for (int key = 0; key < KEYS; key++) {
                    assertThat(on[key]).isEqualTo(roll.on(step, key));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RollArchitecture.class,
            names = {"TP_LSTM_NADE", "BALSTM"})
    void logitsOfABatchAreThoseOfKeysInTurn(RollArchitecture architecture) {
        MultiLayerNetwork network = DrawnRolls.network(architecture);
        RollHeadLayer head = head(network);
        // A smaller batch after a larger one: buffers are kept.
        for (int[] shape : new int[][] {{3, 7}, {2, 4}, {1, 1}, {4, 6}}) {
            int steps = shape[1];
            List<PianoRoll> rolls = DrawnRolls.drawn(
                    random, random.ints(shape[0], steps, steps + 1).toArray());
            INDArray outputs = DrawnRolls.gaussians(random, 1, (long) KEYS * rolls.size(), 6, steps);
            RollBatch batch = DrawnRolls.batch(network, architecture, rolls, steps);

            assertLogits(
                    head, outputs, rolls, head.logits(outputs, batch.labels()).clone());
            assertLogits(
                    head,
                    outputs,
                    rolls,
                    head.logits(outputs.dup('f'), batch.labels().dup('c')));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RollArchitecture.class,
            names = {"TP_LSTM_NADE", "BALSTM"})
    void activationsAreTheLogits(RollArchitecture architecture) {
        MultiLayerNetwork network = DrawnRolls.network(architecture);
        RollHeadLayer head = head(network);
        for (int steps : new int[] {6, 3}) {
            List<PianoRoll> rolls = DrawnRolls.drawn(random, steps, steps);
            INDArray outputs = DrawnRolls.gaussians(random, 1, 2L * KEYS, 6, steps);
            RollBatch batch = DrawnRolls.batch(network, architecture, rolls, steps);
            head.setInput(outputs, LayerWorkspaceMgr.noWorkspaces());
            head.setLabels(batch.labels());
            INDArray activations = head.activate(false, LayerWorkspaceMgr.noWorkspaces());

            assertThat(activations.shape()).containsExactly(2L * KEYS, 1, steps);
            assertLogits(head, outputs, rolls, activations.dup('f').data().asFloat());
        }
    }
}
