package dev.cadenza.trainer.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.pianoroll.PianoRoll;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Holds gradients against differences of the loss. */
final class RollGradientTest {
    private static final int STEPS = 6;
    private static final double STEP = 2e-2;

    /** The second roll is over two steps before the first. */
    private final List<PianoRoll> rolls = DrawnRolls.drawn(new Random(11), STEPS, STEPS - 2);

    private static double score(MultiLayerNetwork network, RollBatch batch) {
        network.rnnClearPreviousState();
        // The same outputs are dropped each time.
        Nd4j.getRandom().setSeed(7);
        network.setInput(batch.features());
        network.setLabels(batch.labels());
        network.setLayerMaskArrays(null, batch.mask());
        network.computeGradientAndScore();
        return network.score();
    }

    /** The derivative along a direction that lies in one parameter alone, by central differences. */
    private static double slope(MultiLayerNetwork network, RollBatch batch, INDArray parameter, INDArray direction) {
        INDArray kept = parameter.dup();
        parameter.assign(kept.add(direction.mul(STEP)));
        double above = score(network, batch);
        parameter.assign(kept.sub(direction.mul(STEP)));
        double below = score(network, batch);
        parameter.assign(kept);
        return (above - below) / (2 * STEP);
    }

    @ParameterizedTest
    @CsvSource({"TP_LSTM_NADE, 1", "TP_LSTM_NADE, 0.6", "BALSTM, 1", "BALSTM, 0.6"})
    void everyParameterHasItsGradient(RollArchitecture architecture, double keep) {
        MultiLayerNetwork network =
                DrawnRolls.network(DrawnRolls.preset(architecture).withKeep(keep));
        RollBatch batch = DrawnRolls.batch(network, architecture, rolls, STEPS);
        score(network, batch);
        INDArray flat = network.getGradientsViewArray().dup().reshape(network.numParams());
        // computeGradientAndScore leaves sums over sequences; the score is divided by them.
        flat.divi(rolls.size());
        Random random = new Random(5);
        long from = 0;
        for (Map.Entry<String, INDArray> entry : network.paramTable().entrySet()) {
            INDArray parameter = entry.getValue();
            char order = entry.getKey().startsWith("1_") ? 'c' : 'f';
            INDArray gradient = flat.get(NDArrayIndex.interval(from, from + parameter.length()))
                    .dup()
                    .reshape(order, parameter.shape());
            from += parameter.length();
            double norm = gradient.norm2Number().doubleValue();
            assertThat(norm).as(entry.getKey()).isPositive();

            INDArray steepest = gradient.div(norm);
            assertThat(slope(network, batch, parameter, steepest))
                    .as(entry.getKey() + " along its gradient")
                    .isCloseTo(norm, within(0.02 * norm + 2e-3));

            INDArray mixed = DrawnRolls.gaussians(random, 1, parameter.shape());
            mixed.divi(mixed.norm2Number());
            INDArray direction = mixed.add(steepest);
            double expected = direction.mul(gradient).sumNumber().doubleValue();
            assertThat(slope(network, batch, parameter, direction))
                    .as(entry.getKey() + " along another direction")
                    .isCloseTo(expected, within(0.02 * norm + 2e-3));
        }
        assertThat(from).isEqualTo(network.numParams());
    }

    @ParameterizedTest
    @EnumSource(
            value = RollArchitecture.class,
            names = {"TP_LSTM_NADE", "BALSTM"})
    void outputsAreDroppedInTrainingAlone(RollArchitecture architecture) {
        MultiLayerNetwork whole = DrawnRolls.network(architecture);
        MultiLayerNetwork dropping =
                DrawnRolls.network(DrawnRolls.preset(architecture).withKeep(0.6));
        RollBatch batch = DrawnRolls.batch(whole, architecture, rolls, STEPS);

        assertThat(dropping.params()).isEqualTo(whole.params());
        assertThat(Math.abs(score(dropping, batch) / score(whole, batch) - 1)).isGreaterThan(1e-5);
        assertThat(RollLikelihood.measure(dropping, architecture, rolls, 1, steps -> {})
                        .nats())
                .isEqualTo(RollLikelihood.measure(whole, architecture, rolls, 1, steps -> {})
                        .nats());
    }

    @ParameterizedTest
    @EnumSource(RollArchitecture.class)
    void theScoreIsTheNatsOfTheStepsThatCountBySequences(RollArchitecture architecture) {
        MultiLayerNetwork network = DrawnRolls.network(architecture);
        RollBatch batch = DrawnRolls.batch(network, architecture, rolls, STEPS);
        double nats = RollLikelihood.measure(network, architecture, rolls, 1, steps -> {})
                .nats();

        assertThat(score(network, batch)).isCloseTo(nats / rolls.size(), within(1e-5 * nats));
    }
}
