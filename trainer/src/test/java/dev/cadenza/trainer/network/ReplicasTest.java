package dev.cadenza.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.trainer.paper.PaperPreset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

final class ReplicasTest {
    private static final int ROWS = 7;
    private static final int STEPS = 6;
    private static final int UPDATES = 5;

    private static MultiLayerNetwork network(boolean carry, LstmLayers lstm) {
        PaperPreset preset = new PaperPreset(9, STEPS, ROWS, 1e-2, 1, 1000, 1000, carry, 3);
        MultiLayerNetwork network = new MultiLayerNetwork(lstm.in(preset.network()));
        network.init();
        return network;
    }

    private static INDArray random(long seed, long... shape) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = random.doubles(ArrayUtil.prodLong(shape), -1, 1).toArray();
        return Nd4j.createFromArray(values).castTo(DataType.FLOAT).reshape('f', shape);
    }

    private static INDArray mask(int update) {
        INDArray mask = Nd4j.ones(ROWS, STEPS);
        mask.putScalar(update % ROWS, STEPS - 1, 0);
        return mask;
    }

    private static boolean[] fresh(int update) {
        boolean[] fresh = new boolean[ROWS];
        fresh[update % ROWS] = true;
        return fresh;
    }

    private static Share share(int update, int from, int to, boolean carry) {
        boolean[] all = fresh(update);
        boolean[] fresh = new boolean[to - from];
        System.arraycopy(all, from, fresh, 0, fresh.length);
        return new Share(
                rows(random(update, ROWS, 3, STEPS), from, to),
                rows(random(100 + update, ROWS, 3, STEPS), from, to),
                mask(update)
                        .get(NDArrayIndex.interval(from, to), NDArrayIndex.all())
                        .dup(),
                carry ? fresh : null,
                1);
    }

    private static INDArray rows(INDArray array, int from, int to) {
        return array.get(NDArrayIndex.interval(from, to), NDArrayIndex.all(), NDArrayIndex.all())
                .dup('f');
    }

    private static List<Double> train(Replicas replicas, int firstUpdate, int count, boolean carry) {
        List<Double> scores = new ArrayList<>();
        int shares = replicas.count();
        for (int update = firstUpdate; update < firstUpdate + count; update++) {
            int number = update;
            scores.add(replicas.update(
                    shares, share -> share(number, ROWS * share / shares, ROWS * (share + 1) / shares, carry)));
        }
        return scores;
    }

    private static double difference(MultiLayerNetwork a, MultiLayerNetwork b) {
        return a.params().sub(b.params()).amaxNumber().doubleValue()
                / b.params().amaxNumber().doubleValue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void makeTheUpdatesOfDl4jsOwnFit(int count) {
        MultiLayerNetwork fitted = network(false, LstmLayers.FUSED);
        List<Double> scores = new ArrayList<>();
        for (int update = 0; update < UPDATES; update++) {
            fitted.fit(random(update, ROWS, 3, STEPS), random(100 + update, ROWS, 3, STEPS), null, mask(update));
            scores.add(fitted.score());
        }
        MultiLayerNetwork shared = network(false, LstmLayers.FUSED);
        try (Replicas replicas = new Replicas(shared, count)) {
            List<Double> ofShares = train(replicas, 0, UPDATES, false);
            for (int update = 0; update < UPDATES; update++) {
                assertThat(ofShares.get(update))
                        .isCloseTo(scores.get(update), org.assertj.core.data.Percentage.withPercentage(1e-3));
            }
        }

        assertThat(difference(shared, fitted)).isLessThan(1e-5);
        assertThat(shared.getIterationCount()).isEqualTo(UPDATES);
        INDArray state = shared.getUpdater().getStateViewArray();
        assertThat(state.sub(fitted.getUpdater().getStateViewArray())
                        .amaxNumber()
                        .doubleValue())
                .isLessThan(1e-5 * state.amaxNumber().doubleValue());
    }

    @Test
    void carriedStatesAreThoseOfOneReplica() {
        MultiLayerNetwork single = network(true, LstmLayers.FUSED);
        MultiLayerNetwork shared = network(true, LstmLayers.FUSED);
        MultiLayerNetwork without = network(false, LstmLayers.FUSED);
        try (Replicas one = new Replicas(single, 1);
                Replicas three = new Replicas(shared, 3);
                Replicas forgetful = new Replicas(without, 1)) {
            train(one, 0, UPDATES, true);
            train(three, 0, UPDATES, true);
            train(forgetful, 0, UPDATES, false);
        }

        assertThat(difference(shared, single)).isLessThan(1e-5);
        assertThat(difference(without, single)).isGreaterThan(1e-4);
    }

    private static INDArray output(Map<String, INDArray> state) {
        return Objects.requireNonNull(state.get("prevAct"));
    }

    @Test
    void oneUpdateOverTwoChunksHasTheStateOfTheWholeSequence() {
        MultiLayerNetwork network = network(true, LstmLayers.FUSED);
        MultiLayerNetwork frozen = network.clone();
        INDArray first = random(1, ROWS, 3, STEPS);
        try (Replicas replicas = new Replicas(network, 2)) {
            replicas.update(2, share -> {
                int from = ROWS * share / 2;
                int to = ROWS * (share + 1) / 2;
                boolean[] fresh = new boolean[to - from];
                return new Share(rows(first, from, to), rows(first, from, to), null, fresh, 1);
            });
            frozen.rnnTimeStep(first);
            INDArray expected = output(frozen.rnnGetPreviousState(0));
            CarriedState carried = replicas.carried();
            INDArray state = output(Objects.requireNonNull(carried.layers().get(0)));
            assertThat(carried.rows()).isEqualTo(ROWS);
            assertThat(state.sub(expected).amaxNumber().doubleValue()).isLessThan(1e-6);
        }
    }

    private static MultiLayerNetwork trainedWhole() {
        MultiLayerNetwork whole = network(true, LstmLayers.FUSED);
        try (Replicas replicas = new Replicas(whole, 2)) {
            train(replicas, 0, UPDATES, true);
        }
        return whole;
    }

    @Test
    void measuringBetweenUpdatesChangesNothingAndStatesSurviveJson() {
        MultiLayerNetwork whole = trainedWhole();
        MultiLayerNetwork stopped = network(true, LstmLayers.FUSED);
        CarriedState kept;
        try (Replicas replicas = new Replicas(stopped, 2)) {
            train(replicas, 0, 2, true);
            stopped.rnnTimeStep(random(9, 4, 3, STEPS));
            stopped.output(random(9, 4, 3, STEPS));
            stopped.rnnClearPreviousState();
            kept = replicas.carried();
        }
        try (Replicas replicas = new Replicas(stopped, 2)) {
            replicas.carry(CarriedState.fromJson(kept.toJson()), 1);
            train(replicas, 2, UPDATES - 2, true);
        }

        assertThat(stopped.params()).isEqualTo(whole.params());
    }

    @Test
    void statesGoOnWithAnyNumberOfReplicas() {
        MultiLayerNetwork whole = trainedWhole();
        MultiLayerNetwork stopped = network(true, LstmLayers.FUSED);
        CarriedState kept;
        try (Replicas replicas = new Replicas(stopped, 2)) {
            train(replicas, 0, 2, true);
            kept = replicas.carried();
        }
        try (Replicas replicas = new Replicas(stopped, 3)) {
            replicas.carry(kept, 1);
            train(replicas, 2, UPDATES - 2, true);
        }

        assertThat(difference(stopped, whole)).isLessThan(1e-5);
    }

    private static Share groups(INDArray batch, int together, int share, int shares) {
        int groups = Math.toIntExact(batch.size(0)) / together;
        int from = together * Replicas.firstRow(groups, share, shares);
        int to = together * Replicas.firstRow(groups, share + 1, shares);
        return new Share(rows(batch, from, to), rows(batch, from, to), null, new boolean[to - from], 1);
    }

    @ParameterizedTest
    @CsvSource({"3, 88, 2", "5, 4, 3", "7, 3, 4", "2, 5, 3"})
    void rowsThatBelongTogetherStayWithOneReplica(int groups, int together, int count) {
        INDArray first = random(1, (long) groups * together, 3, STEPS);
        INDArray second = random(2, (long) groups * together, 3, STEPS);
        MultiLayerNetwork single = network(true, LstmLayers.FUSED);
        MultiLayerNetwork shared = network(true, LstmLayers.FUSED);
        CarriedState kept;
        try (Replicas one = new Replicas(single, 1)) {
            one.update(1, share -> groups(first, together, share, 1));
            one.update(1, share -> groups(second, together, share, 1));
        }
        try (Replicas one = new Replicas(shared, 1)) {
            one.update(1, share -> groups(first, together, share, 1));
            kept = one.carried();
        }
        try (Replicas several = new Replicas(shared, count)) {
            several.carry(kept, together);
            assertThat(several.carried().rows()).isEqualTo(groups * together);
            int shares = Math.min(groups, count);
            several.update(shares, share -> groups(second, together, share, shares));
        }

        assertThat(difference(shared, single)).isLessThan(1e-5);
    }

    @Test
    void sameNumbersOnEveryRun() {
        MultiLayerNetwork first = network(true, LstmLayers.FUSED);
        MultiLayerNetwork second = network(true, LstmLayers.FUSED);
        for (MultiLayerNetwork network : List.of(first, second)) {
            try (Replicas replicas = new Replicas(network, 3)) {
                train(replicas, 0, 20, true);
            }
        }

        assertThat(second.params()).isEqualTo(first.params());
    }

    @Test
    void tellsListeners() {
        AtomicInteger told = new AtomicInteger();
        MultiLayerNetwork network = network(false, LstmLayers.FUSED);
        network.setListeners(new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                assertThat(iteration).isEqualTo(told.getAndIncrement());
                assertThat(model.score()).isPositive();
            }
        });
        try (Replicas replicas = new Replicas(network, 2)) {
            train(replicas, 0, 3, false);
        }

        assertThat(told).hasValue(3);
    }

    private static Share broken(int share, int failing, boolean @Nullable [] fresh) {
        if (share == failing) {
            throw new IllegalArgumentException("share " + share);
        }
        return new Share(random(1, 2, 3, STEPS), random(2, 2, 3, STEPS), null, fresh, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aFailedShareIsTheCallersFailureAndChangesNoParameter(int failing) {
        MultiLayerNetwork network = network(false, LstmLayers.FUSED);
        INDArray before = network.params().dup();
        try (Replicas replicas = new Replicas(network, 2)) {
            assertThatThrownBy(() -> replicas.update(2, share -> broken(share, failing, null)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("share " + failing);
            assertThatThrownBy(() -> replicas.update(2, share -> broken(share, -1, new boolean[2])))
                    .hasMessageContaining("truncated backpropagation");
            assertThat(network.params()).isEqualTo(before);
        }
        assertThatThrownBy(() -> new Replicas(network, 0)).hasMessageContaining("(0)");
    }

    @Test
    void aFailedShareIsToldWhenNoOtherIsAtWork() {
        AtomicBoolean done = new AtomicBoolean();
        try (Replicas replicas = new Replicas(network(false, LstmLayers.FUSED), 3)) {
            assertThatThrownBy(() -> replicas.update(3, share -> {
                        if (share == 2) {
                            LockSupport.parkNanos(300_000_000);
                            done.set(true);
                        }
                        return broken(share, 1, null);
                    }))
                    .hasMessage("share 1");
            assertThat(done).isTrue();
        }
    }

    @Test
    void refusesToCarryAStateThroughDl4jsOwnLayer() {
        assertThatThrownBy(() -> new Replicas(network(true, LstmLayers.DL4J), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("layer 0 (LSTM)");
    }

    /** Loss of a chunk that starts from a state, as DL4J scores it: over outputs a mean, over rows and steps a sum. */
    private static double loss(MultiLayerNetwork network, Map<String, INDArray> state, INDArray x, INDArray y) {
        network.rnnSetPreviousState(0, state);
        INDArray difference = network.rnnTimeStep(x).sub(y);
        return difference.mul(difference).sumNumber().doubleValue() / y.size(1);
    }

    @Test
    void theGradientOfACarriedChunkIsThatOfItsLossFromTheState() {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(4)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(1))
                .list()
                .layer(FusedLstm.of(new LSTM.Builder()
                        .nIn(2)
                        .nOut(3)
                        .activation(Activation.TANH)
                        .build()))
                .layer(new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .nIn(3)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build())
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(4)
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        INDArray x = random(1, 2, 2, 4).castTo(DataType.DOUBLE);
        INDArray y = random(2, 2, 2, 4).castTo(DataType.DOUBLE);
        try (Replicas replicas = new Replicas(network, 1)) {
            replicas.update(1, share -> new Share(x, y, null, new boolean[2], 1));
            Map<String, INDArray> state =
                    Objects.requireNonNull(replicas.carried().layers().get(0));
            MultiLayerNetwork before = network.clone();
            replicas.update(1, share -> new Share(y, x, null, new boolean[2], 1));
            INDArray gradient = before.params().sub(network.params()).muli(2);
            double step = 1e-6;
            for (long i = 0; i < before.numParams(); i++) {
                double value = before.params().getDouble(i);
                before.params().putScalar(i, value + step);
                double above = loss(before, state, y, x);
                before.params().putScalar(i, value - step);
                double below = loss(before, state, y, x);
                before.params().putScalar(i, value);
                assertThat(gradient.getDouble(i))
                        .as("parameter %d", i)
                        .isCloseTo((above - below) / (2 * step), within(1e-6));
            }
        }
    }
}
