package dev.cadenza.trainer.network;

import static dev.cadenza.trainer.network.Twins.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;

final class FusedLstmStateTest {
    private static final int STEPS = 26;

    private final SplittableRandom random = new SplittableRandom(2);
    private final Twins twins =
            Twins.of(Twins.layers(Twins.base(DataType.FLOAT, new Sgd(0.1)), RNNFormat.NCW, 3, 17, 11, 2), random);
    private final INDArray features = Twins.uniform(random, DataType.FLOAT, 4, 3, STEPS);

    private INDArray steps(int from, int to) {
        return features.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(from, to));
    }

    @Test
    void piecesGiveWhatOneLongPassGives() {
        INDArray whole = twins.dl4j().output(features);
        int[] ends = {0, 1, 2, 12, 15, 25, STEPS};
        for (MultiLayerNetwork network : new MultiLayerNetwork[] {twins.fused(), twins.dl4j()}) {
            INDArray[] pieces = new INDArray[ends.length - 1];
            for (int piece = 0; piece < pieces.length; piece++) {
                pieces[piece] = network.rnnTimeStep(steps(ends[piece], ends[piece + 1]));
            }
            assertClose("pieces", Nd4j.concat(2, pieces), whole);
        }
        assertClose("whole", twins.fused().output(features), whole);
    }

    @Test
    void aStepMayComeWithoutItsDimension() {
        INDArray step = steps(0, 1).reshape(4, 3);
        for (int round = 0; round < 3; round++) {
            assertClose("step", twins.fused().rnnTimeStep(step), twins.dl4j().rnnTimeStep(step));
        }
    }

    @Test
    void stateMovesBetweenBothKindsOfLayer() {
        INDArray whole = twins.dl4j().output(features);
        INDArray last = whole.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(10, STEPS));
        assertClose("from DL4J", continued(twins.dl4j(), twins.fused()), last);
        assertClose("to DL4J", continued(twins.fused(), twins.dl4j()), last);
    }

    private INDArray continued(MultiLayerNetwork from, MultiLayerNetwork to) {
        from.rnnClearPreviousState();
        to.rnnClearPreviousState();
        from.rnnTimeStep(steps(0, 10));
        for (int layer = 0; layer < 2; layer++) {
            Map<String, INDArray> state = from.rnnGetPreviousState(layer);
            assertThat(state).containsOnlyKeys("prevAct", "prevMem");
            to.rnnSetPreviousState(layer, state);
        }
        return to.rnnTimeStep(steps(10, STEPS));
    }

    @Test
    void bothKindsHoldTheSameState() {
        twins.fused().rnnTimeStep(features);
        twins.dl4j().rnnTimeStep(features);
        for (int layer = 0; layer < 2; layer++) {
            Map<String, INDArray> state = twins.fused().rnnGetPreviousState(layer);
            twins.dl4j()
                    .rnnGetPreviousState(layer)
                    .forEach((key, expected) -> assertClose(key, state.getOrDefault(key, features), expected));
        }
    }

    @Test
    void stateStaysWhatItWasWhenTheNetworkGoesOn() {
        twins.fused().rnnTimeStep(steps(0, 10));
        Map<String, INDArray> state = twins.fused().rnnGetPreviousState(0);
        INDArray cells = state.getOrDefault("prevMem", features);
        INDArray before = cells.dup();
        twins.fused().rnnTimeStep(steps(10, STEPS));

        assertThat(cells).isEqualTo(before);
    }

    @Test
    void otherPassesLeaveTheStateAlone() {
        INDArray whole = twins.dl4j().output(features);
        twins.fused().rnnTimeStep(steps(0, 10));
        twins.fused().output(Twins.uniform(random, DataType.FLOAT, 9, 3, 40));

        assertClose(
                "after another pass",
                twins.fused().rnnTimeStep(steps(10, STEPS)),
                whole.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(10, STEPS)));
    }

    @Test
    void anotherBatchNeedsACleanState() {
        twins.fused().rnnTimeStep(features);
        INDArray fewer = Twins.uniform(random, DataType.FLOAT, 2, 3, 5);

        assertThatThrownBy(() -> twins.fused().rnnTimeStep(fewer))
                .hasMessageContaining("4 rows, its input 2")
                .hasMessageContaining("rnnClearPreviousState");
        twins.fused().rnnClearPreviousState();
        assertClose("cleared", twins.fused().rnnTimeStep(fewer), twins.dl4j().output(fewer));
    }
}
