package dev.cadenza.trainer.family;

import static dev.cadenza.trainer.family.PresetFields.inRange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.checkpoint.CheckpointKind;
import dev.cadenza.trainer.checkpoint.ParityRows;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.network.Share;
import dev.cadenza.trainer.training.EpochWindows;
import dev.cadenza.trainer.training.TrainingLimits;
import dev.cadenza.trainer.training.TrainingTask;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** A kind that exists in tests only: an LSTM that predicts the next pitch. No production file names it. */
public final class ToyFamily implements ModelFamily {
    private static final int TICKS_PER_SECOND = 100;
    private static final int WINDOW = 10;

    @Override
    public String id() {
        return "toy";
    }

    @Override
    public void requireEncoding(ObjectNode encoding) {
        if (!encoding.path("ticks_per_second").isInt()) {
            throw new IllegalArgumentException(
                    "ticks_per_second (" + encoding.path("ticks_per_second") + ") must be an integer");
        }
    }

    @Override
    public boolean fits(ObjectNode encoding, List<Layer> layers) {
        return CheckpointKind.areLstmsThen(RnnOutputLayer.class, layers);
    }

    @Override
    public List<String> presets() {
        return List.of("toy");
    }

    @Override
    public Preset preset(String name) {
        return new Toy(4, 1);
    }

    @Override
    public Preset read(JsonNode preset) {
        return new Toy(preset.path("hidden").asInt(), preset.path("seed").asLong());
    }

    @Override
    public ModelData open(CheckpointInfo info, DataSource source) throws IOException, CorpusFormatException {
        return new Pitches(source.performancesOnly(id(), TICKS_PER_SECOND));
    }

    /** Its hyperparameters. */
    private record Toy(int hidden, long seed) implements Preset {
        Toy {
            inRange("hidden", hidden, 1, 64);
        }

        @Override
        public Preset with(PresetOptions options) {
            options.refuse("toy", "rolls", "step-ms", "keep", "carry", "window");
            return new Toy(PresetOptions.or(options.hidden(), hidden), PresetOptions.or(options.seed(), seed));
        }

        @Override
        public boolean carry() {
            return false;
        }

        @Override
        public TrainingLimits limits() {
            return TrainingLimits.STANDARD;
        }

        @Override
        public ObjectNode toJson() {
            return new ObjectMapper()
                    .createObjectNode()
                    .put("preset", "toy")
                    .put("hidden", hidden)
                    .put("seed", seed);
        }

        @Override
        public Opened open(DataSource source) throws IOException, CorpusFormatException {
            Pitches pitches = new Pitches(source.performances().encode(TICKS_PER_SECOND));
            return new Opened(pitches, new ToyTask(this, pitches));
        }

        MultiLayerConfiguration network() {
            return new NeuralNetConfiguration.Builder()
                    .seed(seed)
                    .dataType(DataType.FLOAT)
                    .updater(new Adam(1e-2))
                    .list()
                    .layer(new LSTM.Builder()
                            .nIn(1)
                            .nOut(hidden)
                            .activation(Activation.TANH)
                            .build())
                    .layer(new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE)
                            .nIn(hidden)
                            .nOut(1)
                            .activation(Activation.IDENTITY)
                            .build())
                    .build();
        }
    }

    /** Pitches of performances, scaled to 0..1. */
    private static final class Pitches extends PerformanceData {
        private final EncodedCorpus corpus;

        Pitches(EncodedCorpus corpus) {
            super(corpus);
            this.corpus = corpus;
        }

        /** Pitches [1, 1, steps] from a position on. */
        INDArray rows(EncodedPiece piece, int from, int steps) {
            float[] values = new float[steps];
            for (int step = 0; step < steps; step++) {
                values[step] = corpus.value(piece.firstRow() + from + step, 1) / 127f;
            }
            return Nd4j.create(values, new long[] {1, 1, steps}, 'f');
        }

        double error(MultiLayerNetwork network, Split split) {
            double sum = 0;
            int notes = 0;
            for (EncodedPiece piece : corpus.pieces(split)) {
                int steps = piece.notes() - 1;
                INDArray predicted = network.output(rows(piece, 0, steps), false);
                sum += predicted.squaredDistance(rows(piece, 1, steps));
                notes += steps;
            }
            return sum / notes;
        }

        @Override
        public Measures measure(MultiLayerNetwork network, CheckpointInfo info, Split split) {
            double error = error(network, split);
            ObjectNode json = new ObjectMapper().createObjectNode().put("mse", error);
            return new Measures(json, String.format(Locale.ROOT, "%s: MSE %.5f", split.label(), error), info);
        }
    }

    private record ToyTask(Toy preset, Pitches pitches) implements TrainingTask {
        @Override
        public MultiLayerConfiguration network() {
            return preset.network();
        }

        @Override
        public Loss loss() {
            return new Loss("MSE", "mse", "as they are");
        }

        @Override
        public boolean carries() {
            return false;
        }

        @Override
        public EpochWindows windows(int epoch) {
            List<EncodedPiece> pieces = pitches.performances().pieces(Split.TRAIN);
            return EpochWindows.shuffled(pieces, WINDOW + 1, preset.seed(), epoch);
        }

        @Override
        public int rows() {
            return 1;
        }

        @Override
        public Part part(EpochWindows windows, int epoch, int first, int count, long randomSeed) {
            EncodedPiece piece = windows.piece(first);
            int from = windows.from(first);
            int steps = Math.min(WINDOW, piece.notes() - from - 1);
            INDArray features = pitches.rows(piece, from, steps);
            INDArray labels = pitches.rows(piece, from + 1, steps);
            return new Part(new Share(features, labels, null, null, randomSeed), steps);
        }

        @Override
        public Validation validateSample(MultiLayerNetwork network) {
            double error = pitches.error(network, Split.VALIDATION);
            return new Validation(error, "MSE " + error);
        }

        @Override
        public Validation validateAll(MultiLayerNetwork network) {
            return validateSample(network);
        }

        @Override
        public CheckpointInfo info(ObjectNode provenance) {
            ObjectNode encoding = new ObjectMapper().createObjectNode().put("ticks_per_second", TICKS_PER_SECOND);
            return new CheckpointInfo("toy", encoding, provenance);
        }

        @Override
        public ParityRows parity() {
            EncodedPiece piece = pitches.performances().pieces(Split.VALIDATION).get(0);
            return new ParityRows(
                    1, WINDOW, 1, pitches.rows(piece, 0, WINDOW).data().asFloat());
        }
    }
}
