package dev.cadenza.trainer.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.checkpoint.ParityRows;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.network.Share;
import dev.cadenza.trainer.training.EpochWindows;
import dev.cadenza.trainer.training.TrainingTask;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;

/** The paper preset on a corpus. */
public class PaperTask implements TrainingTask {
    private static final int VALIDATION_SAMPLE_WINDOWS = 1600;
    private static final int PARITY_PIECES = 8;
    private static final int PARITY_STEPS = 64;

    private final PaperPreset preset;
    private final PaperRows rows;
    private final CorpusFigures figures;
    private final List<EncodedPiece> training;
    private final List<EncodedPiece> validation;
    private final EpochWindows validationSample;
    private final List<EncodedPiece> validationPieces;

    private final MultiLayerConfiguration network;

    private float[] deviations = {1f, 1f, 1f};
    private float[] measuredDeviations = deviations;

    /**
     * The preset on that corpus.
     *
     * @throws IllegalArgumentException when the corpus has no piece to train or to validate on
     */
    public PaperTask(PaperPreset preset, EncodedCorpus corpus) {
        this(preset, corpus, new Adam(preset.learningRate()));
    }

    /** The same under another rule of updating, which brings its own learning rate. */
    public PaperTask(PaperPreset preset, EncodedCorpus corpus, IUpdater updater) {
        this.preset = preset;
        network = preset.network(updater);
        this.rows = new PaperRows(corpus, preset.intervalClipTicks());
        corpus.requireTrainable();
        training = corpus.pieces(Split.TRAIN);
        validation = corpus.pieces(Split.VALIDATION);
        figures = CorpusFigures.of(rows);
        int windows = EpochWindows.tiled(validation, preset.window(), 1).size();
        int stride = Math.max(1, windows / VALIDATION_SAMPLE_WINDOWS);
        validationSample = EpochWindows.tiled(validation, preset.window(), stride);
        validationPieces = IntStream.range(0, validation.size())
                .filter(index -> index % stride == 0)
                .mapToObj(validation::get)
                .toList();
    }

    @Override
    public MultiLayerConfiguration network() {
        return network;
    }

    /**
     * Figures of windows from a zero state, without dropout.
     *
     * @param snrDecibels signal power over error power
     * @param pitchAccuracy share of notes whose predicted pitch, rounded, is the note's
     */
    public record Scores(double mse, double snrDecibels, double pitchAccuracy, long notes) {}

    /** Measures a sample that is the same in each call: of the training split, or the one that validation measures. */
    public Scores scores(MultiLayerNetwork network, Split split) {
        return scores(network, split, VALIDATION_SAMPLE_WINDOWS);
    }

    /**
     * Measures a sample that is the same in each call.
     *
     * @param split training or validation
     * @param most windows of it, spread over the split's pieces; up to twice as many are measured
     */
    public Scores scores(MultiLayerNetwork network, Split split, int most) {
        List<EncodedPiece> pieces = split == Split.TRAIN ? training : validation;
        int windows = EpochWindows.tiled(pieces, preset.window(), 1).size();
        EpochWindows sample = EpochWindows.tiled(pieces, preset.window(), Math.max(1, windows / most));
        SquaredErrors errors = errors(network).windows(sample, preset.window());
        return new Scores(errors.mse(), errors.snrDecibels(), errors.pitchAccuracy(), errors.notes());
    }

    @Override
    public Loss loss() {
        return new Loss("MSE", "mse", "with dropout");
    }

    @Override
    public boolean carries() {
        return preset.carry();
    }

    @Override
    public EpochWindows windows(int epoch) {
        return preset.carry()
                ? EpochWindows.sideBySide(training, preset.window(), rows(), preset.seed(), epoch)
                : EpochWindows.shuffled(training, preset.window(), preset.seed(), epoch);
    }

    @Override
    public int rows() {
        return preset.carry() ? Math.min(preset.batch(), training.size()) : preset.batch();
    }

    @Override
    public Part part(EpochWindows windows, int epoch, int first, int count, long randomSeed) {
        WindowBatch batch = WindowBatch.of(rows, windows, first, count, preset.window());
        return new Part(
                new Share(
                        batch.features(),
                        batch.labels(),
                        batch.mask(),
                        preset.carry() ? batch.fresh() : null,
                        randomSeed),
                batch.notes());
    }

    @Override
    public Validation validateSample(MultiLayerNetwork network) {
        SquaredErrors errors = preset.carry()
                ? errors(network).carried(validationPieces)
                : errors(network).windows(validationSample, preset.window());
        measuredDeviations = errors.deviations();
        return new Validation(
                errors.mse(), String.format(Locale.ROOT, "MSE %.5f, SNR %.2f dB", errors.mse(), errors.snrDecibels()));
    }

    @Override
    public Validation validateAll(MultiLayerNetwork network) {
        SquaredErrors errors = preset.carry()
                ? errors(network).carried(validation)
                : errors(network).windows(EpochWindows.tiled(validation, preset.window(), 1), preset.window());
        return new Validation(
                errors.mse(),
                String.format(
                        Locale.ROOT,
                        "MSE %.5f (%s)",
                        errors.mse(),
                        preset.carry() ? "state carried" : "windows of " + preset.window()));
    }

    @Override
    public void best() {
        deviations = measuredDeviations;
    }

    @Override
    public void resume(CheckpointInfo info) {
        deviations = PaperEncoding.fromJson(info.encoding()).deviations();
    }

    private ModelErrors errors(MultiLayerNetwork network) {
        return new ModelErrors(network, rows, preset.intervalClipTicks(), figures.longestIntervalTicks(), notes -> {});
    }

    @Override
    public CheckpointInfo info(ObjectNode provenance) {
        PaperEncoding encoding = new PaperEncoding(
                preset.ticksPerSecond(),
                preset.intervalClipTicks(),
                deviations,
                figures.durationBounds(),
                figures.durationMedians());
        return new CheckpointInfo(PaperFamily.ID, (ObjectNode) encoding.toJson(), provenance);
    }

    @Override
    public ParityRows parity() {
        List<EncodedPiece> longest = validation.stream()
                .sorted(Comparator.comparingInt(EncodedPiece::notes).reversed())
                .limit(PARITY_PIECES)
                .toList();
        int steps = Math.min(PARITY_STEPS, longest.get(longest.size() - 1).notes());
        float[] values = new float[longest.size() * steps * PaperEncoding.COLUMNS];
        int next = 0;
        for (EncodedPiece piece : longest) {
            for (int position = 0; position < steps; position++) {
                for (int column = 0; column < PaperEncoding.COLUMNS; column++) {
                    values[next++] = rows.value(piece, position, column);
                }
            }
        }
        return new ParityRows(longest.size(), steps, PaperEncoding.COLUMNS, values);
    }
}
