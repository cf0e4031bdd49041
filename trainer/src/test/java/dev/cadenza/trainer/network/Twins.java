package dev.cadenza.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** A network of DL4J's LSTM layers and its fused twin, with the same parameters. */
record Twins(MultiLayerNetwork dl4j, MultiLayerNetwork fused) {
    /** Largest difference, as a share of the expected array's largest absolute value. */
    static final double TOLERANCE = 1e-5;

    /** Biases are drawn too: DL4J begins with zeros and ones. */
    static Twins of(MultiLayerConfiguration.Builder layers, SplittableRandom random) {
        MultiLayerNetwork dl4j = new MultiLayerNetwork(layers.build());
        dl4j.init();
        for (String key : dl4j.paramTable().keySet()) {
            if (key.endsWith("_b")) {
                INDArray bias = dl4j.getParam(key);
                bias.addi(uniform(random, bias.dataType(), bias.shape()).muli(0.5));
            }
        }
        MultiLayerNetwork fused = LstmLayers.FUSED.in(dl4j);
        assertThat(fused.getLayer(0)).isInstanceOf(FusedLstmLayer.class);
        assertThat(dl4j.getLayer(0)).isExactlyInstanceOf(org.deeplearning4j.nn.layers.recurrent.LSTM.class);
        return new Twins(dl4j, fused);
    }

    static NeuralNetConfiguration.Builder base(DataType type, IUpdater updater) {
        return new NeuralNetConfiguration.Builder().seed(1).dataType(type).updater(updater);
    }

    /** LSTM layers under a linear output layer with squared error: widths are inputs, units of each LSTM, outputs. */
    static NeuralNetConfiguration.ListBuilder layers(
            NeuralNetConfiguration.Builder base, RNNFormat format, int... widths) {
        NeuralNetConfiguration.ListBuilder layers = base.list();
        for (int layer = 0; layer < widths.length - 2; layer++) {
            layers.layer(
                    lstm(widths[layer], widths[layer + 1]).dataFormat(format).build());
        }
        return layers.layer(new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE)
                .activation(Activation.IDENTITY)
                .nIn(widths[widths.length - 2])
                .nOut(widths[widths.length - 1])
                .dataFormat(format)
                .build());
    }

    static LSTM.Builder lstm(int inputs, int units) {
        return new LSTM.Builder().nIn(inputs).nOut(units).activation(Activation.TANH);
    }

    /** Between -1 and 1. */
    static INDArray uniform(SplittableRandom random, DataType type, long... shape) {
        int count = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        return Nd4j.createFromArray(random.doubles(count, -1, 1).toArray())
                .castTo(type)
                .reshape(shape);
    }

    /** Steps of a row from some length on are zero, the others one [batch, steps]. */
    static INDArray trailingMask(SplittableRandom random, DataType type, int batch, int steps) {
        INDArray mask = Nd4j.create(type, batch, steps);
        for (int row = 0; row < batch; row++) {
            int length = random.nextInt(1, steps + 1);
            for (int step = 0; step < length; step++) {
                mask.putScalar(row, step, 1);
            }
        }
        return mask;
    }

    static void assertClose(String what, INDArray actual, INDArray expected) {
        assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
        double[] is = values(actual);
        double[] should = values(expected);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < is.length; i++) {
            largest = Math.max(largest, Math.abs(should[i]));
            difference = Math.max(difference, Math.abs(is[i] - should[i]));
        }
        assertThat(difference).as("%s: difference", what).isLessThanOrEqualTo(TOLERANCE * largest);
    }

    static double[] values(INDArray array) {
        return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    }
}
