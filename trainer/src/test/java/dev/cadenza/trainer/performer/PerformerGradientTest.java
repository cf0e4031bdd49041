package dev.cadenza.trainer.performer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Holds gradients against differences of the loss. */
final class PerformerGradientTest {
    private static final int HIDDEN = 12;

    private final MultiLayerNetwork network = DrawnMusic.network(HIDDEN, 3);
    private final DrawnMusic.Batch batch = DrawnMusic.Batch.of(3, 6, new Random(11));
    private final INDArray mask = Nd4j.ones(3, 6);

    @BeforeEach
    void oneStepIsNoNote() {
        mask.putScalar(1, 5, 0);
    }

    private double score() {
        network.rnnClearPreviousState();
        network.setInput(batch.featureArray());
        network.setLabels(batch.labelArray());
        network.setLayerMaskArrays(null, mask);
        network.computeGradientAndScore();
        return network.score();
    }

    /** The derivative along a direction that lies in one parameter alone, by central differences. */
    private double slope(INDArray parameter, INDArray direction, double step) {
        INDArray kept = parameter.dup();
        parameter.assign(kept.add(direction.mul(step)));
        double above = score();
        parameter.assign(kept.sub(direction.mul(step)));
        double below = score();
        parameter.assign(kept);
        return (above - below) / (2 * step);
    }

    @Test
    void everyParameterHasItsGradient() {
        score();
        INDArray flat = network.getGradientsViewArray().dup().reshape(network.numParams());
        // computeGradientAndScore leaves sums over rows; the score is divided by them.
        flat.divi(batch.rows());
        Random random = new Random(5);
        long from = 0;
        for (Map.Entry<String, INDArray> entry : network.paramTable().entrySet()) {
            INDArray parameter = entry.getValue();
            char order = entry.getKey().startsWith("1_") ? 'f' : 'c';
            INDArray gradient = flat.get(NDArrayIndex.interval(from, from + parameter.length()))
                    .dup()
                    .reshape(order, parameter.shape());
            from += parameter.length();
            double norm = gradient.norm2Number().doubleValue();
            assertThat(norm).as(entry.getKey()).isPositive();

            INDArray steepest = gradient.div(norm);
            assertThat(slope(parameter, steepest, 2e-2))
                    .as(entry.getKey() + " along its gradient")
                    .isCloseTo(norm, within(0.02 * norm + 2e-3));

            INDArray mixed =
                    Nd4j.createFromArray(floats(parameter.length(), random)).reshape(order, parameter.shape());
            mixed.divi(mixed.norm2Number());
            INDArray direction = mixed.add(steepest);
            double expected = direction.mul(gradient).sumNumber().doubleValue();
            assertThat(slope(parameter, direction, 2e-2))
                    .as(entry.getKey() + " along another direction")
                    .isCloseTo(expected, within(0.02 * norm + 2e-3));
        }
    }

    private static float[] floats(long count, Random random) {
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
