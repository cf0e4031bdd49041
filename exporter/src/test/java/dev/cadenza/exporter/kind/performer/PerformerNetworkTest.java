package dev.cadenza.exporter.kind.performer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.exporter.graph.Matrix;
import dev.cadenza.exporter.kind.TestNetworks;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;

class PerformerNetworkTest {
    @Test
    void takesEveryParameterOnce() throws Exception {
        MultiLayerNetwork network = TestNetworks.performer(10, 1);
        PerformerWeights weights = PerformerNetwork.weights(network);
        assertThat(weights.hidden()).isEqualTo(10);
        assertThat(weights.units()).isEqualTo(256);
        assertThat(weights.parameters()).isEqualTo(network.numParams());
    }

    @Test
    void matricesAreRowMajor() throws Exception {
        MultiLayerNetwork network = TestNetworks.performer(10, 1);
        network.getLayer(2).getParam("Kp").putScalar(3, 7, 42);
        Matrix matrix = PerformerNetwork.weights(network).of("Kp");
        assertThat(matrix.values()[3 * matrix.columns() + 7]).isEqualTo(42f);
    }

    @Test
    void namesWhatItCannotTranslate() {
        assertThatThrownBy(() -> PerformerNetwork.weights(TestNetworks.paper(4, 1)))
                .isInstanceOf(UntranslatableNetworkException.class)
                .hasMessageContaining("layer 0 is")
                .hasMessageContaining("expected dev.cadenza.trainer.performer.PerformerInput");
        MultiLayerNetwork network = TestNetworks.performer(4, 1);
        network.getLayer(2).getParam("Gd").putScalar(0, Float.NaN);
        assertThatThrownBy(() -> PerformerNetwork.weights(network))
                .isInstanceOf(UntranslatableNetworkException.class)
                .hasMessage("layer 2, parameter Gd holds NaN");
    }
}
