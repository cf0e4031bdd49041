package dev.cadenza.exporter.kind;

import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.trainer.performer.PerformerPreset;
import java.util.Random;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Small networks with random parameters, biases included, and an encoding to go with them. */
public final class TestNetworks {
    private TestNetworks() {}

    public static PaperEncoding encoding() {
        return new PaperEncoding(
                1000, 1000, new float[] {0.12f, 0.09f, 0.11f}, new int[] {20, 100, 400}, new int[] {180, 240, 420, 900
                });
    }

    public static MultiLayerNetwork paper(int hidden, long seed) {
        return network(seed, lstm(hidden).build(), output(hidden).build());
    }

    /** A performer with something in every parameter, about as large as trained ones. */
    public static MultiLayerNetwork performer(int hidden, long seed) {
        MultiLayerNetwork network =
                new MultiLayerNetwork(new PerformerPreset(hidden, 8, 4, 2e-3, 2, 100, 1, false, seed).network());
        network.init();
        Random random = new Random(seed);
        for (INDArray param : network.paramTable().values()) {
            float[] more = new float[(int) param.length()];
            for (int i = 0; i < more.length; i++) {
                more[i] = (float) (random.nextGaussian() * 0.05);
            }
            param.addi(Nd4j.createFromArray(more).reshape('c', param.shape()));
        }
        return network;
    }

    public static LSTM.Builder lstm(int hidden) {
        return new LSTM.Builder()
                .nIn(PaperEncoding.COLUMNS)
                .nOut(hidden)
                .activation(Activation.TANH)
                .gateActivationFunction(Activation.SIGMOID);
    }

    public static RnnOutputLayer.Builder output(int hidden) {
        return new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE)
                .nIn(hidden)
                .nOut(PaperEncoding.COLUMNS)
                .activation(Activation.IDENTITY)
                .dropOut(0.25);
    }

    public static MultiLayerNetwork network(long seed, Layer... layers) {
        return network(DataType.FLOAT, seed, layers);
    }

    public static MultiLayerNetwork network(DataType type, long seed, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list =
                new NeuralNetConfiguration.Builder().seed(seed).dataType(type).list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        // Initial biases are constants; random ones show a block in the wrong place.
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[(int) network.numParams()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble(-0.5, 0.5);
        }
        network.setParams(Nd4j.createFromArray(new double[][] {values}).castTo(type));
        return network;
    }
}
