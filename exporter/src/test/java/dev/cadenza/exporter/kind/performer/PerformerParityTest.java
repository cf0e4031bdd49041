package dev.cadenza.exporter.kind.performer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.kind.Parity;
import dev.cadenza.exporter.kind.TestCheckpoints;
import dev.cadenza.exporter.kind.TestNetworks;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.onnx.GraphSession;
import dev.cadenza.trainer.checkpoint.ParityRows;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PerformerParityTest {
    @ParameterizedTest
    @CsvSource({"12,1,40", "12,5,9", "256,2,20"})
    void bothEnginesAgree(int hidden, int batch, int steps) throws Exception {
        MultiLayerNetwork network = TestNetworks.performer(hidden, hidden);
        Parity parity = prove(network, network, TestCheckpoints.pieces(batch, steps));
        assertThat(parity.largestDifference()).isLessThan(1e-4);
        assertThat(parity.compared()).isEqualTo(batch * (steps * 3L * 376 + (2 + steps) * 2L * hidden));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ei", "Ed", "Wh", "bh", "Di", "Ip", "Dp", "Pv", "Vd", "Fd", "Gd", "Mi", "Np", "Mv", "Nd"})
    void oneOtherWeightIsFound(String name) throws Exception {
        MultiLayerNetwork network = TestNetworks.performer(12, 1);
        MultiLayerNetwork other = network.clone();
        int layer = name.startsWith("E") ? 0 : 2;
        // All of them: no piece looks up every row.
        other.getLayer(layer).getParam(name).addi(0.01);
        assertThatThrownBy(() -> prove(network, other, TestCheckpoints.pieces(3, 30)))
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("DL4J and ONNX Runtime differ");
    }

    @Test
    void whatIsNoNoteIsRefused() {
        MultiLayerNetwork network = TestNetworks.performer(12, 1);
        assertThatThrownBy(() -> prove(network, network, new ParityRows(1, 1, 4, new float[] {0, 20, 64, 1})))
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("parity row 0, attribute 1 (20.0)");
        assertThatThrownBy(() -> prove(network, network, new ParityRows(0, 0, 4, new float[0])))
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("and some");
    }

    private static Parity prove(MultiLayerNetwork dl4j, MultiLayerNetwork exported, ParityRows rows) throws Exception {
        PerformerWeights weights = PerformerNetwork.weights(exported);
        byte[] model = PerformerGraph.write(
                weights,
                PerformerExport.signature(weights),
                WeightFormat.FP32,
                PerformerEncoding.STANDARD,
                "test",
                Map.of());
        try (GraphSession graph = GraphSession.open(model)) {
            return PerformerParity.prove(dl4j, graph, PerformerExport.signature(weights), PerformerPieces.of(rows));
        }
    }
}
