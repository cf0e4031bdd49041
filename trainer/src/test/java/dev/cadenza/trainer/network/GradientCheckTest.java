package dev.cadenza.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;

/** Gradients against central differences, in double precision. */
final class GradientCheckTest {
    private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();
    private static final double STEP = 1e-6;

    private final SplittableRandom random = new SplittableRandom(4);

    private MultiLayerNetwork network(RNNFormat format, int... widths) {
        return Twins.of(Twins.layers(Twins.base(DataType.DOUBLE, new Sgd(0.1)), format, widths), random)
                .fused();
    }

    private INDArray uniform(long... shape) {
        return Twins.uniform(random, DataType.DOUBLE, shape);
    }

    @ParameterizedTest
    @CsvSource({
        "NCW, 2, 5, 6, 2, false",
        "NCW, 10, 3, 4, 2, false",
        "NCW, 2, 3, 6, 3, true",
        "NWC, 9, 3, 5, 3, true",
        "NWC, 2, 3, 4, 2, false"
    })
    void networkOfTwoLayers(RNNFormat format, int inputs, int units, int steps, int batch, boolean masked) {
        MultiLayerNetwork network = network(format, inputs, units, 2, 1);
        boolean stepsLast = format == RNNFormat.NCW;
        network.setInput(stepsLast ? uniform(batch, inputs, steps) : uniform(batch, steps, inputs));
        network.setLabels(stepsLast ? uniform(batch, 1, steps) : uniform(batch, steps, 1));
        if (masked) {
            mask(network, Twins.trailingMask(random, DataType.DOUBLE, batch, steps));
        }
        INDArray features = network.getInput();
        DoubleSupplier loss = () -> {
            network.setInput(features);
            network.computeGradientAndScore();
            return network.score();
        };
        assertThat(loss.getAsDouble()).isPositive();
        // DL4J divides by the rows in the updater.
        double[] gradient = Twins.values(network.getFlattenedGradients().div(batch));
        assertGradient(network.params(), gradient, loss);
    }

    private static void mask(MultiLayerNetwork network, @Nullable INDArray mask) {
        network.setLayerMaskArrays(null, mask);
        network.getLayer(0).setMaskArray(mask);
        network.getLayer(1).setMaskArray(mask);
    }

    @ParameterizedTest
    @CsvSource({"2, 4, 6, 3", "10, 5, 4, 2"})
    void layerWithACarriedState(int inputs, int units, int steps, int batch) {
        MultiLayerNetwork network = network(RNNFormat.NCW, inputs, units, 1);
        network.initGradientsView();
        RecurrentLayer layer = (RecurrentLayer) network.getLayer(0);
        layer.rnnTimeStep(uniform(batch, inputs, 3), NONE);
        var state = layer.rnnGetPreviousState();
        INDArray features = uniform(batch, inputs, steps);
        INDArray error = uniform(batch, units, steps);
        DoubleSupplier loss = () -> {
            layer.rnnSetPreviousState(state);
            return layer.rnnTimeStep(features, NONE).mul(error).sumNumber().doubleValue();
        };
        layer.setInput(features, NONE);
        INDArray errorBelow =
                layer.tbpttBackpropGradient(error, steps, NONE).getSecond().dup('c');
        assertGradient(layer.params(), Twins.values(layer.getGradientsViewArray()), loss);
        assertGradient(features, Twins.values(errorBelow), loss);
    }

    private static void assertGradient(INDArray at, double[] gradient, DoubleSupplier loss) {
        assertThat(gradient).hasSize(Math.toIntExact(at.length()));
        for (int i = 0; i < gradient.length; i++) {
            double value = at.getDouble(i);
            at.putScalar(i, value + STEP);
            double above = loss.getAsDouble();
            at.putScalar(i, value - STEP);
            double below = loss.getAsDouble();
            at.putScalar(i, value);
            double expected = (above - below) / (2 * STEP);
            assertThat(Math.abs(gradient[i] - expected))
                    .as("gradient %d: %s, by differences %s", i, gradient[i], expected)
                    .isLessThanOrEqualTo(1e-9 + 1e-5 * Math.abs(expected));
        }
    }
}
