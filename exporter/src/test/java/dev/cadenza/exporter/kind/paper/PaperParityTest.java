package dev.cadenza.exporter.kind.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.kind.Parity;
import dev.cadenza.exporter.kind.TestCheckpoints;
import dev.cadenza.exporter.kind.TestNetworks;
import dev.cadenza.onnx.GraphSession;
import dev.cadenza.onnx.PaperKind;
import dev.cadenza.trainer.checkpoint.ParityRows;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaperParityTest {
    @ParameterizedTest
    @CsvSource({"7,1,40", "7,5,12", "64,3,50"})
    void bothEnginesAgree(int hidden, int batch, int steps) throws Exception {
        MultiLayerNetwork network = TestNetworks.paper(hidden, hidden);
        Parity parity = prove(network, network, TestCheckpoints.rows(batch, steps));
        assertThat(parity.largestDifference()).isBetween(0.0, 2e-5);
        int cells = batch * steps;
        int states = 2 * batch * hidden;
        assertThat(parity.compared()).isEqualTo(3L * cells * 3 + (long) states * (steps + 1));
        assertThat(parity.where()).contains("ONNX Runtime", "DL4J");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 60, 200, 300})
    void oneParameterThatDiffersIsFound(int parameter) {
        MultiLayerNetwork network = TestNetworks.paper(7, 7);
        MultiLayerNetwork other = TestNetworks.paper(7, 7);
        other.params().putScalar(parameter, other.params().getFloat(parameter) + 0.01f);
        assertThatThrownBy(() -> prove(network, other, TestCheckpoints.rows(2, 10)))
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("the largest difference is")
                .hasMessageMatching(".* at (mean|h|c) (of|after) .*");
    }

    @Test
    void rowsThatAreNoNotesAreRefused() {
        MultiLayerNetwork network = TestNetworks.paper(7, 7);
        ParityRows rows = new ParityRows(1, 1, 3, new float[] {0.0005f, 0.5f, 0.5f});
        assertThatThrownBy(() -> prove(network, network, rows))
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("must be a whole number of 1/1000");
    }

    @Test
    void noRowsAreNoProof() {
        MultiLayerNetwork network = TestNetworks.paper(7, 7);
        assertThatThrownBy(() -> prove(network, network, new ParityRows(0, 0, 3, new float[0])))
                .isInstanceOf(ExportRefusedException.class);
    }

    @Test
    void aNetworkThatAnswersNanIsRefused() {
        MultiLayerNetwork network = TestNetworks.paper(7, 7);
        MultiLayerNetwork broken = TestNetworks.paper(7, 7);
        broken.params().putScalar(3, Float.NaN);
        assertThatThrownBy(() -> prove(broken, network, TestCheckpoints.rows(2, 10)))
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("the largest difference is NaN");
    }

    private static Parity prove(MultiLayerNetwork dl4j, MultiLayerNetwork exported, ParityRows rows) throws Exception {
        PaperWeights weights = PaperNetwork.weights(exported);
        int hidden = weights.hidden();
        byte[] model =
                PaperGraph.write(weights, PaperKind.signature(hidden), TestNetworks.encoding(), "test", Map.of());
        try (GraphSession graph = GraphSession.open(model)) {
            return PaperParity.prove(dl4j, graph, TestNetworks.encoding(), hidden, rows);
        }
    }
}
