package dev.cadenza.trainer.network;

import static dev.cadenza.trainer.network.Twins.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

final class FusedLstmEqualityTest {
    private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();

    @ParameterizedTest
    @CsvSource({"0, 36, 1, 40", "36, 44, 64, 130"})
    void twoLayersGiveDl4jsOutputsGradientsAndErrors(int firstSeed, int lastSeed, int fewestUnits, int mostUnits) {
        for (int seed = firstSeed; seed < lastSeed; seed++) {
            DrawnCase drawn = new DrawnCase(seed, fewestUnits, mostUnits);
            assertClose(
                    drawn.name + " output",
                    drawn.twins.fused().output(drawn.features),
                    drawn.twins.dl4j().output(drawn.features));
            Passes actual = Passes.of(drawn.twins.fused(), drawn);
            Passes expected = Passes.of(drawn.twins.dl4j(), drawn);
            assertClose(drawn.name + " lower", actual.lower, expected.lower);
            assertClose(drawn.name + " upper", actual.upper, expected.upper);
            assertEqual(drawn.name + " upper", actual.back, expected.back);
            assertEqual(drawn.name + " lower", actual.backBelow, expected.backBelow);
        }
    }

    private static void assertEqual(String name, Pair<Gradient, INDArray> actual, Pair<Gradient, INDArray> expected) {
        assertThat(actual.getFirst().gradientForVariable()).containsOnlyKeys("W", "RW", "b");
        expected.getFirst()
                .gradientForVariable()
                .forEach((key, gradient) -> assertClose(
                        name + " gradient of " + key, actual.getFirst().getGradientFor(key), gradient));
        assertClose(name + " error passed below", actual.getSecond(), expected.getSecond());
    }

    /** Outputs of both layers and what they pass back. */
    private record Passes(
            INDArray lower, INDArray upper, Pair<Gradient, INDArray> back, Pair<Gradient, INDArray> backBelow) {
        static Passes of(MultiLayerNetwork network, DrawnCase drawn) {
            network.initGradientsView();
            Layer first = network.getLayer(0);
            Layer second = network.getLayer(1);
            first.setMaskArray(drawn.mask);
            second.setMaskArray(drawn.mask);
            INDArray lower = first.activate(drawn.features, true, NONE);
            INDArray upper = second.activate(lower, true, NONE);
            Pair<Gradient, INDArray> back = second.backpropGradient(drawn.error, NONE);
            return new Passes(lower, upper, back, first.backpropGradient(back.getSecond(), NONE));
        }
    }
}
