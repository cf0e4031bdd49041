package dev.cadenza.trainer.paper;

import static dev.cadenza.trainer.family.PresetFields.inRange;
import static dev.cadenza.trainer.family.PresetFields.required;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.family.DataSource;
import dev.cadenza.trainer.family.Preset;
import dev.cadenza.trainer.family.PresetOptions;
import dev.cadenza.trainer.network.FusedLstm;
import dev.cadenza.trainer.training.TrainingLimits;
import java.io.IOException;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Hyperparameters of the paper preset.
 *
 * @param hidden LSTM units, 1..4096
 * @param window steps of a training window, 2..4096
 * @param batch windows an update, 1..4096
 * @param learningRate of Adam, above 0
 * @param keep probability that an LSTM output is kept in training, in (0, 1]; the source paper's dropout rate 0.75 is 0.25
 * @param ticksPerSecond grid of the note matrix
 * @param intervalClipTicks intervals from here on scale to 1
 * @param carry true trains on the pieces' windows in order, the state carried from one to the next (truncated
 *     backpropagation through time, a row of the batch for each piece under way); false on shuffled windows, each from a
 *     zero state
 */
public record PaperPreset(
        int hidden,
        int window,
        int batch,
        double learningRate,
        double keep,
        int ticksPerSecond,
        int intervalClipTicks,
        boolean carry,
        long seed)
        implements Preset {

    private static final ObjectMapper JSON = new ObjectMapper();

    public PaperPreset {
        inRange("hidden", hidden, 1, 4096);
        inRange("window", window, 2, 4096);
        inRange("batch", batch, 1, 4096);
        inRange("ticks-per-second", ticksPerSecond, 1, 10_000);
        inRange("interval-clip-ticks", intervalClipTicks, 1, 1_000_000);
        if (!(learningRate > 0 && learningRate <= 1)) {
            throw new IllegalArgumentException("learning-rate (" + learningRate + ") must be in (0, 1]");
        }
        if (!(keep > 0 && keep <= 1)) {
            throw new IllegalArgumentException("keep (" + keep + ") must be in (0, 1]");
        }
    }

    /** The source paper's figures; its text gives no batch size and no grid. */
    public static PaperPreset standard(long seed) {
        return new PaperPreset(512, 50, 32, 1e-4, 0.25, 1000, 1000, false, seed);
    }

    /** The network: LSTM (tanh, sigmoid gates), dropout on its output, dense to the row, linear, MSE, Adam. */
    public MultiLayerConfiguration network() {
        return network(new Adam(learningRate));
    }

    /** The same network under another rule of updating, which brings its own learning rate. */
    public MultiLayerConfiguration network(IUpdater updater) {
        RnnOutputLayer.Builder output = new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE)
                .nIn(hidden)
                .nOut(PaperEncoding.COLUMNS)
                .activation(Activation.IDENTITY);
        if (keep < 1) {
            // DL4J's dropOut takes the probability to keep, and a layer drops its input: here the LSTM's output.
            output.dropOut(keep);
        }
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.FLOAT)
                .weightInit(WeightInit.XAVIER)
                .updater(updater)
                .list()
                .layer(FusedLstm.of(new LSTM.Builder()
                        .nIn(PaperEncoding.COLUMNS)
                        .nOut(hidden)
                        .activation(Activation.TANH)
                        .gateActivationFunction(Activation.SIGMOID)
                        .build()))
                .layer(output.build());
        if (carry) {
            layers.backpropType(BackpropType.TruncatedBPTT).tBPTTLength(window);
        }
        return layers.build();
    }

    @Override
    public TrainingLimits limits() {
        return TrainingLimits.STANDARD;
    }

    @Override
    public PaperPreset with(PresetOptions options) {
        options.refuse(PaperFamily.ID, "rolls", "step-ms");
        return new PaperPreset(
                PresetOptions.or(options.hidden(), hidden),
                PresetOptions.or(options.window(), window),
                PresetOptions.or(options.batch(), batch),
                PresetOptions.or(options.learningRate(), learningRate),
                PresetOptions.or(options.keep(), keep),
                ticksPerSecond,
                intervalClipTicks,
                options.carry() || carry,
                PresetOptions.or(options.seed(), seed));
    }

    @Override
    public Opened open(DataSource source) throws IOException, CorpusFormatException {
        EncodedCorpus corpus = source.performances().encode(ticksPerSecond);
        return new Opened(new PaperData(corpus, window), new PaperTask(this, corpus));
    }

    @Override
    public ObjectNode toJson() {
        return JSON.createObjectNode()
                .put("preset", PaperFamily.ID)
                .put("hidden", hidden)
                .put("window", window)
                .put("batch", batch)
                .put("learning_rate", learningRate)
                .put("keep", keep)
                .put("ticks_per_second", ticksPerSecond)
                .put("interval_clip_ticks", intervalClipTicks)
                .put("carry", carry)
                .put("seed", seed);
    }

    /**
     * Reads what {@link #toJson} wrote; no {@code carry} is false.
     *
     * @throws IllegalArgumentException when a field is missing or out of range
     */
    public static PaperPreset fromJson(JsonNode node) {
        return new PaperPreset(
                required(node, "hidden").asInt(),
                required(node, "window").asInt(),
                required(node, "batch").asInt(),
                required(node, "learning_rate").asDouble(),
                required(node, "keep").asDouble(),
                required(node, "ticks_per_second").asInt(),
                required(node, "interval_clip_ticks").asInt(),
                node.path("carry").asBoolean(),
                required(node, "seed").asLong());
    }
}
