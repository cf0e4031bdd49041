package dev.cadenza.trainer.network;

import static dev.cadenza.trainer.network.Twins.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

final class FusedLstmLayerTest {
    private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();

    private final SplittableRandom random = new SplittableRandom(8);

    private Twins twins(int inputs) {
        return Twins.of(Twins.layers(Twins.base(DataType.FLOAT, new Adam(1e-3)), RNNFormat.NCW, inputs, 15, 2), random);
    }

    private record Pass(INDArray output, INDArray gradient, INDArray error) {
        static Pass of(MultiLayerNetwork network, INDArray features, INDArray error) {
            network.initGradientsView();
            Layer layer = network.getLayer(0);
            INDArray output = layer.activate(features, true, NONE);
            INDArray below = layer.backpropGradient(error, NONE).getSecond();
            return new Pass(output, layer.getGradientsViewArray().dup(), below);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 12})
    void aLayerThatSawOtherSizesGivesWhatAFreshOneGives(int inputs) {
        MultiLayerNetwork used = twins(inputs).fused();
        int[][] sizes = {{2, 3}, {20, 12}, {20, 5}, {1, 40}, {3, 12}, {40, 1}, {40, 12}, {1, 1}, {3, 12}};
        for (int[] size : sizes) {
            INDArray features = Twins.uniform(random, DataType.FLOAT, size[0], inputs, size[1]);
            INDArray error = Twins.uniform(random, DataType.FLOAT, size[0], 15, size[1]);
            Pass actual = Pass.of(used, features, error);
            Pass fresh = Pass.of(used.clone(), features, error);
            assertThat(actual).isEqualTo(fresh);
        }
    }

    @Test
    void aPassBackNeedsNoTracedPassForward() {
        Twins twins = twins(3);
        INDArray features = Twins.uniform(random, DataType.FLOAT, 4, 3, 12);
        INDArray error = Twins.uniform(random, DataType.FLOAT, 4, 15, 12);
        Pass expected = Pass.of(twins.dl4j(), features, error);
        MultiLayerNetwork network = twins.fused();
        network.initGradientsView();
        Layer layer = network.getLayer(0);
        layer.activate(features, false, NONE);
        for (int round = 0; round < 2; round++) {
            Pair<Gradient, INDArray> back = layer.backpropGradient(error, NONE);
            assertClose("gradient", layer.getGradientsViewArray(), expected.gradient);
            assertClose("error", back.getSecond(), expected.error);
        }
    }

    @Test
    void networksOnTwoThreadsTrainAsTheyDoAlone() throws Exception {
        List<Future<INDArray>> together = new ArrayList<>();
        List<INDArray> alone = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<DataSet> data = new ArrayList<>();
            for (int round = 0; round < 30; round++) {
                data.add(new DataSet(
                        Twins.uniform(random, DataType.FLOAT, 6, 9, 16),
                        Twins.uniform(random, DataType.FLOAT, 6, 2, 16)));
            }
            for (int thread = 0; thread < 2; thread++) {
                MultiLayerNetwork network = twins(9).fused();
                alone.add(trained(network.clone(), data));
                together.add(threads.submit(() -> trained(network, data)));
            }
            for (int thread = 0; thread < 2; thread++) {
                assertThat(together.get(thread).get()).isEqualTo(alone.get(thread));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static INDArray trained(MultiLayerNetwork network, List<DataSet> data) {
        data.forEach(network::fit);
        return network.params().dup();
    }

    @Test
    void namesTheWidthThatItExpects() {
        MultiLayerNetwork network = twins(3).fused();

        assertThatThrownBy(() -> network.output(Nd4j.create(DataType.FLOAT, 2, 4, 5)))
                .hasMessageContaining("4 wide, expected nIn = 3");
        assertThatThrownBy(() -> network.output(Nd4j.create(DataType.FLOAT, 2, 3)))
                .hasMessageContaining("rank 2, expected 3: [batch, inputs, steps]");
    }

    @Test
    void refusesMoreThanItsArraysCanHold() {
        LstmPass pass = LstmPass.of(DataType.FLOAT, 1, 1024);
        INDArray features = Nd4j.create(DataType.FLOAT, 1, 1, 1 << 19);
        INDArray none = Nd4j.create(DataType.FLOAT, 1, 1);

        assertThatThrownBy(
                        () -> pass.forward(features, new LstmPass.Weights(none, none, none), null, null, none, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(2147483648) of a fused LSTM must be below 2^31: cut the sequences");
    }

    @Test
    void aPassBackAloneIsRefused() {
        LstmPass pass = LstmPass.of(DataType.FLOAT, 1, 1);
        INDArray none = Nd4j.create(DataType.FLOAT, 1, 1, 1);
        LstmPass.Weights weights = new LstmPass.Weights(none, none, none);

        assertThatThrownBy(() -> pass.backward(none, weights, 0, weights, none))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("traced pass forward");
    }
}
