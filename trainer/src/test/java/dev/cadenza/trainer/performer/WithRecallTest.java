package dev.cadenza.trainer.performer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

final class WithRecallTest {
    private final DrawnMusic.Batch batch = DrawnMusic.Batch.of(3, 6, new Random(11));

    private double score(MultiLayerNetwork network) {
        network.rnnClearPreviousState();
        network.setInput(batch.featureArray());
        network.setLabels(batch.labelArray());
        network.computeGradientAndScore();
        return network.score();
    }

    @Test
    void aNetworkWithoutRecallSaysTheSameOnceItHasIt() {
        MultiLayerNetwork old = DrawnMusic.forgetful(8, 3);
        MultiLayerNetwork grown = WithRecall.of(
                DrawnMusic.network(8, 4).getLayerWiseConfigurations().clone(), old);

        assertThat(grown.numParams()).isGreaterThan(old.numParams());
        assertThat(score(grown)).isEqualTo(score(old));
        INDArray gradient = grown.gradient().getGradientFor("2_Np");
        assertThat(gradient.norm2Number().doubleValue()).isPositive();
    }

    @Test
    void aCheckpointWithoutRecallIsReadAsItWas() {
        MultiLayerNetwork old = DrawnMusic.forgetful(8, 3);
        // As the first ones were written: nothing is said of recall.
        String json = old.getLayerWiseConfigurations().toJson().replaceFirst(",\\s*\"recall\" : false", "");
        assertThat(json).doesNotContain("recall");
        MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(json);
        MultiLayerNetwork again = new MultiLayerNetwork(read);
        again.init(old.params(), true);

        assertThat(score(again)).isEqualTo(score(old));
    }

    @Test
    void anotherWidthIsNoBeginning() {
        MultiLayerNetwork old = DrawnMusic.forgetful(7, 3);
        assertThatThrownBy(() -> WithRecall.of(
                        DrawnMusic.network(8, 4).getLayerWiseConfigurations().clone(), old))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1_W");
    }
}
