package dev.cadenza.trainer.network;

import static dev.cadenza.trainer.network.Twins.assertClose;

import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** Training over several updates, and passes back that begin at a carried state and stop early. */
final class TruncatedBackpropagationTest {
    private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();

    private final SplittableRandom random = new SplittableRandom(3);

    @ParameterizedTest
    @CsvSource({"10, 10, 30", "10, 4, 30", "12, 5, 31", "3, 2, 7", "40, 40, 12"})
    void trainsAsDl4jDoes(int forwardLength, int backwardLength, int steps) {
        for (IUpdater updater : new IUpdater[] {new Sgd(0.1), new Adam(1e-3)}) {
            MultiLayerConfiguration.Builder layers = Twins.layers(
                            Twins.base(DataType.FLOAT, updater), RNNFormat.NCW, 4, 19, 12, 3)
                    .backpropType(BackpropType.TruncatedBPTT)
                    .tBPTTForwardLength(forwardLength)
                    .tBPTTBackwardLength(backwardLength);
            assertTrainsEqually(Twins.of(layers, random), 4, steps);
        }
    }

    @Test
    void trainsAsDl4jDoesOverWholeSequences() {
        for (WorkspaceMode mode : new WorkspaceMode[] {WorkspaceMode.ENABLED, WorkspaceMode.NONE}) {
            NeuralNetConfiguration.Builder base = Twins.base(DataType.FLOAT, new Adam(1e-3))
                    .trainingWorkspaceMode(mode)
                    .inferenceWorkspaceMode(mode);
            assertTrainsEqually(Twins.of(Twins.layers(base, RNNFormat.NCW, 10, 24, 9, 3), random), 10, 15);
        }
    }

    private void assertTrainsEqually(Twins twins, int inputs, int steps) {
        for (int round = 0; round < 3; round++) {
            int batch = 3 + round;
            DataSet data = new DataSet(
                    Twins.uniform(random, DataType.FLOAT, batch, inputs, steps),
                    Twins.uniform(random, DataType.FLOAT, batch, 3, steps),
                    null,
                    round % 2 == 0 ? null : Twins.trailingMask(random, DataType.FLOAT, batch, steps));
            twins.fused().fit(data);
            twins.dl4j().fit(data);
            assertClose("parameters", twins.fused().params(), twins.dl4j().params());
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 12", "4, 5", "10, 12", "10, 5", "10, 1", "10, 40"})
    void stopsWhereDl4jStopsAndKeepsTheStateForTheNextChunk(int inputs, int backwardLength) {
        Twins twins =
                Twins.of(Twins.layers(Twins.base(DataType.FLOAT, new Sgd(0.1)), RNNFormat.NCW, inputs, 21, 3), random);
        for (int chunk = 0; chunk < 3; chunk++) {
            int steps = chunk == 2 ? 4 : 12;
            INDArray features = Twins.uniform(random, DataType.FLOAT, 5, inputs, steps);
            INDArray error = Twins.uniform(random, DataType.FLOAT, 5, 21, steps);
            Pair<Gradient, INDArray> actual = back(twins.fused(), features, error, backwardLength);
            Pair<Gradient, INDArray> expected = back(twins.dl4j(), features, error, backwardLength);
            for (String key : new String[] {"W", "RW", "b"}) {
                assertClose(
                        key,
                        actual.getFirst().getGradientFor(key),
                        expected.getFirst().getGradientFor(key));
            }
            assertClose("error passed below", actual.getSecond(), expected.getSecond());
        }
    }

    private static Pair<Gradient, INDArray> back(
            MultiLayerNetwork network, INDArray features, INDArray error, int backwardLength) {
        network.initGradientsView();
        RecurrentLayer layer = (RecurrentLayer) network.getLayer(0);
        layer.rnnActivateUsingStoredState(features, true, true, NONE);
        Pair<Gradient, INDArray> result = layer.tbpttBackpropGradient(error, backwardLength, NONE);
        network.updateRnnStateWithTBPTTState();
        return result;
    }
}
