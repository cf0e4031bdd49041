package dev.cadenza.trainer.network;

import static dev.cadenza.trainer.network.Twins.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

final class LstmLayersTest {
    private final SplittableRandom random = new SplittableRandom(6);
    private final MultiLayerNetwork dl4j = Twins.of(
                    Twins.layers(Twins.base(DataType.FLOAT, new Adam(1e-3)), RNNFormat.NCW, 3, 13, 11, 2), random)
            .dl4j();

    @TempDir
    private Path folder;

    private DataSet data() {
        return new DataSet(
                Twins.uniform(random, DataType.FLOAT, 5, 3, 12), Twins.uniform(random, DataType.FLOAT, 5, 2, 12));
    }

    private void train(MultiLayerNetwork... networks) {
        for (int round = 0; round < 3; round++) {
            DataSet data = data();
            for (MultiLayerNetwork network : networks) {
                network.fit(data);
            }
        }
    }

    private static INDArray updaterState(MultiLayerNetwork network) {
        return network.getUpdater().getStateViewArray();
    }

    private static void assertLayers(MultiLayerNetwork network, Class<?> type) {
        assertThat(network.getLayer(0)).isExactlyInstanceOf(type);
        assertThat(network.getLayer(1)).isExactlyInstanceOf(type);
    }

    @Test
    void thereAndBackKeepsParametersAndUpdaterState() {
        train(dl4j);
        MultiLayerNetwork fused = LstmLayers.FUSED.in(dl4j);
        MultiLayerNetwork back = LstmLayers.DL4J.in(fused);

        assertLayers(fused, FusedLstmLayer.class);
        assertLayers(back, org.deeplearning4j.nn.layers.recurrent.LSTM.class);
        assertThat(updaterState(dl4j).amaxNumber().doubleValue()).isPositive();
        for (MultiLayerNetwork network : new MultiLayerNetwork[] {fused, back}) {
            assertThat(network.params()).isEqualTo(dl4j.params());
            assertThat(updaterState(network)).isEqualTo(updaterState(dl4j));
            assertThat(network.getLayerWiseConfigurations().getIterationCount()).isEqualTo(3);
        }
        assertThat(back.getLayerWiseConfigurations()).isEqualTo(dl4j.getLayerWiseConfigurations());
    }

    @Test
    void aCopySharesNothingWithItsOriginal() {
        train(dl4j);
        INDArray params = dl4j.params().dup();
        INDArray state = updaterState(dl4j).dup();
        train(LstmLayers.FUSED.in(dl4j));

        assertThat(dl4j.params()).isEqualTo(params);
        assertThat(updaterState(dl4j)).isEqualTo(state);
        assertLayers(dl4j, org.deeplearning4j.nn.layers.recurrent.LSTM.class);
    }

    @Test
    void bothTrainOnAlike() {
        train(dl4j);
        MultiLayerNetwork fused = LstmLayers.FUSED.in(dl4j);
        train(dl4j, fused);
        MultiLayerNetwork back = LstmLayers.DL4J.in(fused);
        train(dl4j, fused, back);

        assertClose("fused", fused.params(), dl4j.params());
        assertClose("back", back.params(), dl4j.params());
        assertClose("updater", updaterState(fused), updaterState(dl4j));
        INDArray features = data().getFeatures();
        assertClose("output", fused.output(features), dl4j.output(features));
    }

    @Test
    void aNetworkOfTheRightKindIsItself() {
        MultiLayerNetwork fused = LstmLayers.FUSED.in(dl4j);

        assertThat(LstmLayers.FUSED.in(fused)).isSameAs(fused);
        assertThat(LstmLayers.DL4J.in(dl4j)).isSameAs(dl4j);
    }

    @Test
    void aNetworkThatHasNotTrainedHasNoUpdaterStateToLose() {
        MultiLayerNetwork fresh = new MultiLayerNetwork(dl4j.getLayerWiseConfigurations());
        fresh.init(dl4j.params(), true);
        MultiLayerNetwork fused = LstmLayers.FUSED.in(fresh);
        train(fresh, fused);

        assertClose("parameters", fused.params(), fresh.params());
    }

    @Test
    void aWrittenNetworkComesBackAsTheSameKind() throws Exception {
        MultiLayerNetwork fused = LstmLayers.FUSED.in(dl4j);
        train(fused);
        MultiLayerNetwork read = writtenAndRead(fused);

        assertLayers(read, FusedLstmLayer.class);
        assertThat(read.params()).isEqualTo(fused.params());
        assertThat(updaterState(read)).isEqualTo(updaterState(fused));
        train(fused, read);
        assertThat(read.params()).isEqualTo(fused.params());
    }

    @Test
    void oneKindsFileOpensAsTheOther() throws Exception {
        train(dl4j);
        MultiLayerNetwork fused = LstmLayers.FUSED.in(writtenAndRead(dl4j));
        MultiLayerNetwork back = LstmLayers.DL4J.in(writtenAndRead(fused));

        assertLayers(fused, FusedLstmLayer.class);
        assertLayers(back, org.deeplearning4j.nn.layers.recurrent.LSTM.class);
        assertThat(back.params()).isEqualTo(dl4j.params());
        assertThat(updaterState(back)).isEqualTo(updaterState(dl4j));
    }

    private MultiLayerNetwork writtenAndRead(MultiLayerNetwork network) throws Exception {
        Path file = folder.resolve("network.zip");
        ModelSerializer.writeModel(network, file.toFile(), true);
        return ModelSerializer.restoreMultiLayerNetwork(file.toFile());
    }

    @Test
    void configurationsSurviveJson() {
        MultiLayerConfiguration fused = LstmLayers.FUSED.in(dl4j.getLayerWiseConfigurations());
        MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(fused.toJson());

        assertThat(read).isEqualTo(fused);
        assertThat(read.getConf(0).getLayer()).isExactlyInstanceOf(FusedLstm.class);
        assertThat(fused.toJson().replace(FusedLstm.class.getName(), LSTM.class.getName()))
                .isEqualTo(dl4j.getLayerWiseConfigurations().toJson());
    }

    @Test
    void aCloneIsFusedToo() {
        MultiLayerNetwork fused = LstmLayers.FUSED.in(dl4j);
        MultiLayerNetwork clone = fused.clone();
        INDArray features = data().getFeatures();

        assertLayers(clone, FusedLstmLayer.class);
        assertThat(clone.output(features)).isEqualTo(fused.output(features));
    }
}
