package dev.cadenza.exporter.kind.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.exporter.kind.TestNetworks;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import dev.cadenza.trainer.network.FusedLstm;
import dev.cadenza.trainer.network.LstmLayers;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

class PaperNetworkTest {
    @Test
    void namesALayerOfAnotherKind() {
        assertThatThrownBy(() -> PaperNetwork.weights(TestNetworks.performer(4, 1)))
                .isInstanceOf(UntranslatableNetworkException.class)
                .hasMessageContaining("layer 0 is dev.cadenza.trainer.performer.PerformerInput");
    }

    @Test
    void putsEveryGateWhereOnnxLooksForIt() throws Exception {
        MultiLayerNetwork network = TestNetworks.paper(2, 1);
        // [1, 4H] in DL4J: candidate, forget, output, input.
        network.getLayer(0).setParam("b", Nd4j.createFromArray(new float[] {10, 11, 20, 21, 30, 31, 40, 41}));
        float[] inputs = new float[3 * 8];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = i;
        }
        network.getLayer(0).setParam("W", Nd4j.createFromArray(inputs).reshape('c', 3, 8));
        PaperWeights weights = PaperNetwork.weights(network);
        assertThat(weights.bias()).containsExactly(40, 41, 30, 31, 20, 21, 10, 11);
        // Row of the input gate's first unit: column 6 of the three inputs.
        assertThat(weights.input()).startsWith(6, 14, 22, 7, 15, 23, 4, 12, 20);
        assertThat(weights.parameters()).isEqualTo(network.numParams());
    }

    @Test
    void ignoresWhatActsInTrainingAlone() throws Exception {
        MultiLayerNetwork plain = TestNetworks.paper(5, 3);
        MultiLayerNetwork dressed = TestNetworks.network(
                3,
                TestNetworks.lstm(5)
                        .dropOut(0.5)
                        .l2(0.1)
                        .constrainWeights(new MaxNormConstraint(2, 1))
                        .build(),
                TestNetworks.output(5).build());
        assertThat(PaperNetwork.weights(dressed).recurrent())
                .isEqualTo(PaperNetwork.weights(plain).recurrent());
    }

    @Test
    void readsAFusedLayerAsTheSameWeights() throws Exception {
        MultiLayerNetwork plain = TestNetworks.paper(5, 3);
        MultiLayerNetwork fused = LstmLayers.FUSED.in(plain);
        assertThat(fused.getLayer(0).conf().getLayer()).isInstanceOf(FusedLstm.class);
        assertThat(PaperNetwork.weights(fused)).usingRecursiveComparison().isEqualTo(PaperNetwork.weights(plain));
    }

    static Stream<Arguments> untranslatable() {
        int hidden = 4;
        return Stream.of(
                Arguments.of(
                        TestNetworks.network(
                                1,
                                TestNetworks.lstm(hidden)
                                        .activation(Activation.SIGMOID)
                                        .build(),
                                TestNetworks.output(hidden).build()),
                        "layer 0 has the activation ActivationSigmoid, expected ActivationTanH"),
                Arguments.of(
                        TestNetworks.network(
                                1,
                                TestNetworks.lstm(hidden)
                                        .gateActivationFunction(Activation.HARDSIGMOID)
                                        .build(),
                                TestNetworks.output(hidden).build()),
                        "layer 0 has the gate activation ActivationHardSigmoid, expected ActivationSigmoid"),
                Arguments.of(
                        TestNetworks.network(
                                1, graves(hidden), TestNetworks.output(hidden).build()),
                        "layer 0 is org.deeplearning4j.nn.conf.layers.GravesLSTM"),
                Arguments.of(
                        TestNetworks.network(
                                1,
                                new SimpleRnn.Builder().nIn(3).nOut(hidden).build(),
                                TestNetworks.output(hidden).build()),
                        "layer 0 is org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn"),
                Arguments.of(
                        TestNetworks.network(
                                1,
                                new Bidirectional(
                                        Bidirectional.Mode.ADD,
                                        TestNetworks.lstm(hidden).build()),
                                TestNetworks.output(hidden).build()),
                        "layer 0 is org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional"),
                Arguments.of(
                        TestNetworks.network(
                                1,
                                TestNetworks.lstm(hidden).build(),
                                TestNetworks.lstm(hidden).nIn(hidden).build(),
                                TestNetworks.output(hidden).build()),
                        "layer 1 is org.deeplearning4j.nn.conf.layers.LSTM, expected"),
                Arguments.of(
                        TestNetworks.network(
                                1,
                                TestNetworks.lstm(hidden).build(),
                                TestNetworks.output(hidden)
                                        .activation(Activation.SIGMOID)
                                        .build()),
                        "layer 1 has the activation ActivationSigmoid, expected ActivationIdentity"),
                Arguments.of(
                        TestNetworks.network(
                                1,
                                TestNetworks.lstm(hidden).build(),
                                TestNetworks.output(hidden)
                                        .lossFunction(LossFunctions.LossFunction.L1)
                                        .build()),
                        "layer 1 has the loss LossL1, expected LossMSE"),
                Arguments.of(
                        TestNetworks.network(
                                1,
                                TestNetworks.lstm(hidden).build(),
                                TestNetworks.output(hidden).hasBias(false).build()),
                        "layer 1 has the bias false, expected true"),
                Arguments.of(
                        TestNetworks.network(
                                1,
                                TestNetworks.lstm(hidden).nIn(4).build(),
                                TestNetworks.output(hidden).build()),
                        "layer 0 has the input width 4, expected 3"),
                Arguments.of(
                        TestNetworks.network(
                                1,
                                TestNetworks.lstm(hidden)
                                        .dataFormat(RNNFormat.NWC)
                                        .build(),
                                TestNetworks.output(hidden)
                                        .dataFormat(RNNFormat.NWC)
                                        .build()),
                        "layer 0 has the data format NWC, expected NCW"),
                Arguments.of(
                        TestNetworks.network(
                                1,
                                TestNetworks.lstm(hidden)
                                        .weightNoise(new WeightNoise(new NormalDistribution(0, 1)))
                                        .build(),
                                TestNetworks.output(hidden).build()),
                        "layer 0 (LSTM) has weight noise"),
                Arguments.of(
                        TestNetworks.network(
                                DataType.DOUBLE,
                                1,
                                TestNetworks.lstm(hidden).build(),
                                TestNetworks.output(hidden).build()),
                        "parameters are DOUBLE, expected FLOAT"));
    }

    @SuppressWarnings("deprecation") // The layer with peepholes is deprecated and still restored from old files.
    private static GravesLSTM graves(int hidden) {
        return new GravesLSTM.Builder()
                .nIn(3)
                .nOut(hidden)
                .activation(Activation.TANH)
                .build();
    }

    @ParameterizedTest
    @MethodSource("untranslatable")
    void namesWhatItCannotTranslate(MultiLayerNetwork network, String message) {
        assertThatThrownBy(() -> PaperNetwork.weights(network))
                .isInstanceOf(UntranslatableNetworkException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesParametersThatAreNoNumbers() {
        MultiLayerNetwork network = TestNetworks.paper(3, 1);
        network.params().putScalar(5, Float.NaN);
        assertThatThrownBy(() -> PaperNetwork.weights(network))
                .isInstanceOf(UntranslatableNetworkException.class)
                .hasMessage("layer 0, parameter W holds NaN");
    }
}
