package dev.cadenza.trainer.roll;

import static dev.cadenza.trainer.family.PresetFields.inRange;
import static dev.cadenza.trainer.family.PresetFields.required;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.family.PresetOptions;
import dev.cadenza.trainer.network.FusedLstm;
import dev.cadenza.trainer.roll.head.NadeHead;
import dev.cadenza.trainer.roll.head.NoteAxisHead;
import dev.cadenza.trainer.roll.head.RollHead;
import dev.cadenza.trainer.training.TrainingLimits;
import dev.cadenza.trainer.training.WarmCosine;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Hyperparameters of a piano-roll model.
 *
 * @param hidden units of the time axis' LSTM, 1..4096
 * @param units of the head: the NADE's hidden units, or those of each of BALSTM's two note-axis layers, 1..4096; 0 for
 *     the single LSTM, which has none
 * @param window steps of a training window, 2..4096; the state goes on from one to the next
 * @param batch sequences side by side, 1..4096
 * @param learningRate of Adam at its peak, in (0, 1]
 * @param updates of the whole schedule, at least 1: the rate stays for 30 % of them, then falls to 2 % in half a cosine
 * @param keep probability that an output of the time axis is kept for the head in training, in (0, 1]; 1: no dropout
 * @param transpose semitones up or down by which a sequence may be transposed in training, 0..12
 */
public record RollPreset(
        RollArchitecture architecture,
        int hidden,
        int units,
        int window,
        int batch,
        double learningRate,
        int updates,
        double keep,
        int transpose,
        long seed) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WARM = 50;
    private static final double HOLD = 0.3;
    private static final double LAST = 0.02;
    private static final double CLIP = 1;
    private static final int VALIDATE_EVERY = 200;
    private static final int PATIENCE = 40;

    public RollPreset {
        inRange("hidden", hidden, 1, 4096);
        inRange("units", units, architecture.tied() ? 1 : 0, 4096);
        inRange("window", window, 2, 4096);
        inRange("batch", batch, 1, 4096);
        inRange("schedule-updates", updates, 1, 100_000_000);
        inRange("transpose", transpose, 0, 12);
        if (!(learningRate > 0 && learningRate <= 1)) {
            throw new IllegalArgumentException("learning-rate (" + learningRate + ") must be in (0, 1]");
        }
        if (!(keep > 0 && keep <= 1)) {
            throw new IllegalArgumentException("keep (" + keep + ") must be in (0, 1]");
        }
    }

    /** What the study trains. */
    public static RollPreset standard(RollArchitecture architecture, int updates, long seed) {
        return switch (architecture) {
            case LSTM -> new RollPreset(architecture, 512, 0, 32, 8, 1e-3, updates, 0.5, 5, seed);
            case TP_LSTM_NADE -> new RollPreset(architecture, 128, 100, 32, 4, 4e-3, updates, 1, 5, seed);
            case BALSTM -> new RollPreset(architecture, 128, 64, 32, 4, 4e-3, updates, 1, 5, seed);
        };
    }

    /** The same with the values that were asked for. */
    RollPreset with(PresetOptions options) {
        return new RollPreset(
                architecture,
                PresetOptions.or(options.hidden(), hidden),
                units,
                PresetOptions.or(options.window(), window),
                PresetOptions.or(options.batch(), batch),
                PresetOptions.or(options.learningRate(), learningRate),
                PresetOptions.or(options.updates(), updates),
                PresetOptions.or(options.keep(), keep),
                transpose,
                PresetOptions.or(options.seed(), seed));
    }

    /** The same with another dropout. */
    public RollPreset withKeep(double kept) {
        return new RollPreset(architecture, hidden, units, window, batch, learningRate, updates, kept, transpose, seed);
    }

    /** Columns of a row that the time axis reads. */
    int inputs() {
        return RollBatch.inputs(architecture);
    }

    /** The network: a fused LSTM, and the architecture's head; Adam, clipped by layer. */
    public MultiLayerConfiguration network() {
        int warm = Math.min(WARM, updates);
        // Gradients are sums over the window and the keys, divided by rows.
        double threshold = CLIP * window;
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.FLOAT)
                .weightInit(WeightInit.XAVIER)
                .updater(new Adam(
                        new WarmCosine(learningRate, warm, Math.max(warm, (int) (HOLD * updates)), updates, LAST)))
                .list();
        list.layer(FusedLstm.of(new LSTM.Builder()
                .nIn(inputs())
                .nOut(hidden)
                .activation(Activation.TANH)
                .gateActivationFunction(Activation.SIGMOID)
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(threshold)
                .build()));
        return list.layer(head(threshold))
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(window)
                .build();
    }

    private BaseLayer head(double threshold) {
        BaseLayer head = switch (architecture) {
            case LSTM -> {
                RnnOutputLayer.Builder output = new RnnOutputLayer.Builder(LossFunctions.LossFunction.XENT)
                        .nIn(hidden)
                        .nOut(PianoRoll.KEYS)
                        .biasInit(RollHead.FIRST_LOGIT)
                        .activation(Activation.SIGMOID)
                        .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                        .gradientNormalizationThreshold(threshold);
                yield output.build();
            }
            case TP_LSTM_NADE -> new NadeHead(hidden, units, threshold);
            case BALSTM -> new NoteAxisHead(hidden, units, threshold);
        };
        if (keep < 1) {
            head.setIDropout(new Dropout(keep));
        }
        return head;
    }

    /** The schedule's end. */
    public TrainingLimits limits() {
        return new TrainingLimits(Integer.MAX_VALUE, Double.POSITIVE_INFINITY, PATIENCE, VALIDATE_EVERY, updates);
    }

    /** As JSON, keys in snake case. */
    public ObjectNode toJson() {
        return JSON.createObjectNode()
                .put("preset", architecture.preset())
                .put("hidden", hidden)
                .put("units", units)
                .put("window", window)
                .put("batch", batch)
                .put("learning_rate", learningRate)
                .put("schedule_updates", updates)
                .put("keep", keep)
                .put("transpose", transpose)
                .put("seed", seed);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException when a field is missing or out of range
     */
    public static RollPreset fromJson(JsonNode node) {
        return new RollPreset(
                RollArchitecture.ofPreset(node.path("preset").asText()),
                required(node, "hidden").asInt(),
                required(node, "units").asInt(),
                required(node, "window").asInt(),
                required(node, "batch").asInt(),
                required(node, "learning_rate").asDouble(),
                required(node, "schedule_updates").asInt(),
                required(node, "keep").asDouble(),
                required(node, "transpose").asInt(),
                required(node, "seed").asLong());
    }
}
