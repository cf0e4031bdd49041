package dev.cadenza.trainer.performer;

import static dev.cadenza.trainer.family.PresetFields.inRange;
import static dev.cadenza.trainer.family.PresetFields.required;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.family.DataSource;
import dev.cadenza.trainer.family.Preset;
import dev.cadenza.trainer.family.PresetOptions;
import dev.cadenza.trainer.network.FusedLstm;
import dev.cadenza.trainer.training.TrainingLimits;
import dev.cadenza.trainer.training.WarmCosine;
import java.io.IOException;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Hyperparameters of the performer preset.
 *
 * @param hidden LSTM units, 1..4096
 * @param window steps of a training window, 2..4096; the state goes on from one to the next
 * @param batch pieces side by side, 1..4096
 * @param learningRate of Adam at its peak, in (0, 1]
 * @param warmUpdates until the peak is reached, at least 0
 * @param updates of the whole schedule, at least 1: the rate stays for 30 % of them, then falls to 4 % in half a cosine
 * @param clip longest gradient of a layer, by note, above 0
 * @param augment whether pieces are transposed, stretched and made louder or softer
 */
public record PerformerPreset(
        int hidden,
        int window,
        int batch,
        double learningRate,
        int warmUpdates,
        int updates,
        double clip,
        boolean augment,
        long seed)
        implements Preset {
    /** Grid of the corpus that training reads, finer than the model's so that stretched times are rounded once. */
    public static final int CORPUS_TICKS_PER_SECOND = 1000;

    private static final int PATIENCE = 40;
    private static final int VALIDATE_EVERY = 250;
    private static final double HOLD = 0.3;
    private static final double LAST = 0.04;
    private static final ObjectMapper JSON = new ObjectMapper();

    public PerformerPreset {
        inRange("hidden", hidden, 1, 4096);
        inRange("window", window, 2, 4096);
        inRange("batch", batch, 1, 4096);
        inRange("warm-updates", warmUpdates, 0, 1_000_000);
        inRange("schedule-updates", updates, 1, 100_000_000);
        if (!(learningRate > 0 && learningRate <= 1)) {
            throw new IllegalArgumentException("learning-rate (" + learningRate + ") must be in (0, 1]");
        }
        if (!(clip > 0)) {
            throw new IllegalArgumentException("clip (" + clip + ") must be above 0");
        }
    }

    /** What the published model was trained with. */
    public static PerformerPreset standard(long seed) {
        return new PerformerPreset(512, 64, 64, 2e-3, 50, 8_000, 1, true, seed);
    }

    /** The network: embeddings and keys, a fused LSTM, four heads in a chain; Adam, clipped by layer. */
    public MultiLayerConfiguration network() {
        return network(true);
    }

    /** The same, or as it was before there was recall. */
    MultiLayerConfiguration network(boolean recall) {
        int warm = Math.min(warmUpdates, updates);
        int hold = Math.max(warm, (int) (HOLD * updates));
        // Gradients are sums over the window, divided by rows.
        double threshold = clip * window;
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.FLOAT)
                .weightInit(WeightInit.XAVIER)
                .updater(new Adam(new WarmCosine(learningRate, warm, hold, updates, LAST)))
                .list()
                .layer(PerformerInput.clipped(threshold, recall))
                .layer(FusedLstm.of(new LSTM.Builder()
                        .nIn(recall ? PerformerInput.WIDTH : PerformerInput.WIDTH_WITHOUT_RECALL)
                        .nOut(hidden)
                        .activation(Activation.TANH)
                        .gateActivationFunction(Activation.SIGMOID)
                        .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                        .gradientNormalizationThreshold(threshold)
                        .build()))
                .layer(PerformerHeads.clipped(hidden, threshold, recall))
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(window)
                .build();
    }

    @Override
    public boolean carry() {
        return true;
    }

    /** The schedule's end. */
    @Override
    public TrainingLimits limits() {
        return new TrainingLimits(Integer.MAX_VALUE, Double.POSITIVE_INFINITY, PATIENCE, VALIDATE_EVERY, updates);
    }

    @Override
    public PerformerPreset with(PresetOptions options) {
        options.refuse(PerformerFamily.ID, "rolls", "step-ms", "keep");
        return new PerformerPreset(
                PresetOptions.or(options.hidden(), hidden),
                PresetOptions.or(options.window(), window),
                PresetOptions.or(options.batch(), batch),
                PresetOptions.or(options.learningRate(), learningRate),
                warmUpdates,
                PresetOptions.or(options.updates(), updates),
                clip,
                augment,
                PresetOptions.or(options.seed(), seed));
    }

    @Override
    public Opened open(DataSource source) throws IOException, CorpusFormatException {
        EncodedCorpus corpus = source.performances().encode(CORPUS_TICKS_PER_SECOND);
        return new Opened(new PerformerData(corpus), new PerformerTask(this, corpus));
    }

    @Override
    public ObjectNode toJson() {
        return JSON.createObjectNode()
                .put("preset", PerformerFamily.ID)
                .put("hidden", hidden)
                .put("window", window)
                .put("batch", batch)
                .put("learning_rate", learningRate)
                .put("warm_updates", warmUpdates)
                .put("schedule_updates", updates)
                .put("clip", clip)
                .put("augment", augment)
                .put("seed", seed);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException when a field is missing or out of range
     */
    public static PerformerPreset fromJson(JsonNode node) {
        return new PerformerPreset(
                required(node, "hidden").asInt(),
                required(node, "window").asInt(),
                required(node, "batch").asInt(),
                required(node, "learning_rate").asDouble(),
                required(node, "warm_updates").asInt(),
                required(node, "schedule_updates").asInt(),
                required(node, "clip").asDouble(),
                node.path("augment").asBoolean(),
                required(node, "seed").asLong());
    }
}
