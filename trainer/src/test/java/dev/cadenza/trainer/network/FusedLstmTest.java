package dev.cadenza.trainer.network;

import static dev.cadenza.trainer.network.Twins.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

final class FusedLstmTest {
    private final SplittableRandom random = new SplittableRandom(7);

    private static MultiLayerNetwork network(NeuralNetConfiguration.Builder base, LSTM layer) {
        MultiLayerNetwork network = new MultiLayerNetwork(base.list()
                .layer(layer)
                .layer(new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nOut(2)
                        .build())
                .setInputType(InputType.recurrent(layer.getNIn()))
                .build());
        network.init();
        return network;
    }

    private static NeuralNetConfiguration.Builder base(DataType type) {
        return Twins.base(type, new Sgd(0.1));
    }

    @Test
    void keepsWhatTheLayerWasConfiguredWith() {
        LSTM layer = Twins.lstm(3, 5)
                .name("lower")
                .dropOut(0.8)
                .weightInit(WeightInit.UNIFORM)
                .weightInitRecurrent(WeightInit.NORMAL)
                .l2(1e-3)
                .l1Bias(1e-4)
                .updater(new RmsProp(0.01))
                .biasUpdater(new Adam(0.02))
                .forgetGateBiasInit(0.25)
                .weightNoise(new DropConnect(0.9))
                .dataFormat(RNNFormat.NWC)
                .build();
        FusedLstm fused = FusedLstm.of(layer);

        assertThat(fused.getLayerName()).isEqualTo("lower");
        assertThat(fused.getIDropout()).isEqualTo(new Dropout(0.8));
        assertThat(fused.getForgetGateBiasInit()).isEqualTo(0.25);
        assertThat(fused.getIUpdater()).isEqualTo(new RmsProp(0.01));
        assertThat(fused)
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(layer);
    }

    @Test
    void beginsWithDl4jsParametersForTheSameSeed() {
        LSTM layer = Twins.lstm(3, 9).forgetGateBiasInit(0.25).build();
        MultiLayerNetwork dl4j = network(base(DataType.FLOAT), layer);
        MultiLayerNetwork fused = network(base(DataType.FLOAT), FusedLstm.of(layer));

        assertThat(fused.getLayer(0)).isInstanceOf(FusedLstmLayer.class);
        assertThat(fused.params()).isEqualTo(dl4j.params());
        assertThat(fused.summary()).contains("FusedLstm");
    }

    @Test
    void namesAnActivationThatItDoesNotCompute() {
        LSTM sigmoid = new LSTM.Builder().nIn(3).nOut(5).name("lower").build();
        LSTM hard =
                Twins.lstm(3, 5).gateActivationFunction(Activation.HARDSIGMOID).build();

        assertThatThrownBy(() -> network(base(DataType.FLOAT), FusedLstm.of(sigmoid)))
                .isInstanceOf(DL4JInvalidConfigException.class)
                .hasMessageContaining("lower: activation (ActivationSigmoid) must be ActivationTanH");
        assertThatThrownBy(() -> network(base(DataType.FLOAT), FusedLstm.of(hard)))
                .isInstanceOf(DL4JInvalidConfigException.class)
                .hasMessageContaining("gate activation (ActivationHardSigmoid) must be ActivationSigmoid");
    }

    @SuppressWarnings("deprecation")
    @Test
    void namesADataTypeThatItDoesNotCompute() {
        MultiLayerNetwork network =
                network(base(DataType.HALF), FusedLstm.of(Twins.lstm(3, 5).build()));

        assertThatThrownBy(() -> network.output(Nd4j.create(DataType.HALF, 2, 3, 4)))
                .hasMessageContaining("data type of a fused LSTM (HALF) must be FLOAT or DOUBLE");
    }

    @Test
    void regularisesAsDl4jDoes() {
        NeuralNetConfiguration.Builder base = base(DataType.FLOAT).l2(0.01).l1(0.001);
        assertTrainsEqually(Twins.lstm(10, 7).build(), base);
    }

    @Test
    void dropsInputsAsDl4jDoes() {
        assertTrainsEqually(Twins.lstm(10, 7).dropOut(new FixedNoise()).build(), base(DataType.FLOAT));
        assertTrainsEqually(Twins.lstm(3, 7).dropOut(new FixedNoise()).build(), base(DataType.FLOAT));
    }

    @Test
    void dropsWeightsAsDl4jDoes() {
        assertTrainsEqually(Twins.lstm(10, 7).weightNoise(new FixedNoise()).build(), base(DataType.FLOAT));
        assertTrainsEqually(Twins.lstm(3, 7).weightNoise(new FixedNoise()).build(), base(DataType.FLOAT));
    }

    private void assertTrainsEqually(LSTM layer, NeuralNetConfiguration.Builder base) {
        MultiLayerNetwork dl4j = network(base, layer);
        MultiLayerNetwork fused = LstmLayers.FUSED.in(dl4j);
        for (int round = 0; round < 3; round++) {
            DataSet data = new DataSet(
                    Twins.uniform(random, DataType.FLOAT, 4, layer.getNIn(), 12),
                    Twins.uniform(random, DataType.FLOAT, 4, 2, 12));
            dl4j.fit(data);
            fused.fit(data);
            assertClose("parameters", fused.params(), dl4j.params());
            assertThat(fused.score()).isCloseTo(dl4j.score(), within(1e-5));
        }
    }
}
