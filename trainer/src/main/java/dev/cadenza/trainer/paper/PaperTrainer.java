package dev.cadenza.trainer.paper;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.checkpoint.ParityRows;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.run.RunFolder;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains the paper preset into a run folder, from the start or from where a run stopped.
 *
 * <p>A run that is stopped and resumed ends with the same parameters as one that was not: windows depend on seed and
 * epoch, dropout on seed and update, and the updater's state is in the checkpoint. One thread; not safe for use by
 * several.
 */
public final class PaperTrainer {
    /** Why training ended. */
    public enum End {
        EPOCHS,
        MINUTES,
        EARLY,
        STOPPED
    }

    /**
     * What training came to.
     *
     * @param bestValidationMse on the validation sample, windows from a zero state
     */
    public record Outcome(End end, long updates, long notes, double seconds, double bestValidationMse) {}

    /** Told of progress; on the training thread. */
    public interface Listener {
        void update(int epoch, int batch, int batches, double trainMse, double seconds);

        void message(String line);
    }

    private static final int VALIDATION_SAMPLE_WINDOWS = 1600;
    private static final int PARITY_PIECES = 8;
    private static final int PARITY_STEPS = 64;
    private static final double SAVE_SECONDS = 120;

    private final PaperPreset preset;
    private final PaperRows rows;
    private final CorpusFigures figures;
    private final RunFolder run;
    private final TrainingLimits limits;
    private final ObjectNode provenance;
    private final Listener listener;
    private final BooleanSupplier stop;
    private final List<EncodedPiece> training;
    private final List<EncodedPiece> validation;
    private final EpochWindows validationSample;

    private TrainingState state = new TrainingState();
    private float[] deviations = {1f, 1f, 1f};

    /**
     * @param provenance what the checkpoint says of its making; figures of the run are added to a copy
     * @param stop asked after each update; true ends training as if its time were over
     * @throws IllegalArgumentException when the corpus has no piece to train or to validate on
     */
    public PaperTrainer(
            PaperPreset preset,
            EncodedCorpus corpus,
            RunFolder run,
            TrainingLimits limits,
            ObjectNode provenance,
            Listener listener,
            BooleanSupplier stop) {
        this.preset = preset;
        this.rows = new PaperRows(corpus, preset.intervalClipTicks());
        this.run = run;
        this.limits = limits;
        this.provenance = provenance;
        this.listener = listener;
        this.stop = stop;
        training = corpus.pieces(Split.TRAIN);
        validation = corpus.pieces(Split.VALIDATION);
        if (training.isEmpty() || validation.isEmpty()) {
            throw new IllegalArgumentException("the corpus has " + training.size() + " pieces to train on and "
                    + validation.size() + " to validate on; both must be at least 1");
        }
        figures = CorpusFigures.of(rows);
        int windows = EpochWindows.tiled(validation, preset.window(), 1).size();
        validationSample =
                EpochWindows.tiled(validation, preset.window(), Math.max(1, windows / VALIDATION_SAMPLE_WINDOWS));
    }

    /**
     * Trains until a limit, early stopping or {@code stop}.
     *
     * @param resumed the run's {@code last.zip}, or null to begin
     */
    public Outcome train(@Nullable Checkpoint resumed) throws IOException {
        MultiLayerNetwork network;
        if (resumed == null) {
            network = new MultiLayerNetwork(preset.network());
            network.init();
        } else {
            network = resumed.network();
            state = TrainingState.fromJson(resumed.training());
            deviations = resumed.info().encoding().deviations();
        }
        long began = System.nanoTime();
        double before = state.seconds;
        End end = resumed == null ? null : ended();
        try (TrainingLog log = new TrainingLog(run, state.updates)) {
            double saved = state.seconds;
            while (end == null) {
                EpochWindows windows = EpochWindows.shuffled(training, preset.window(), preset.seed(), state.epoch);
                int batches = (windows.size() + preset.batch() - 1) / preset.batch();
                while (end == null && state.batch < batches) {
                    update(network, windows, batches, log);
                    state.seconds = before + (System.nanoTime() - began) / 1e9;
                    if (state.updates % limits.validateEvery() == 0 && state.batch < batches) {
                        validate(network, log);
                    }
                    state.seconds = before + (System.nanoTime() - began) / 1e9;
                    end = ended();
                    if (state.batch < batches && (end != null || state.seconds - saved > SAVE_SECONDS)) {
                        log.flush();
                        save(network);
                        saved = state.seconds;
                    }
                }
                if (state.batch == batches) {
                    finishEpoch(network, log, batches);
                    state.seconds = before + (System.nanoTime() - began) / 1e9;
                    save(network);
                    saved = state.seconds;
                    end = ended();
                }
            }
            if (end != End.STOPPED && state.bestUpdate == 0) {
                // Time was over before the first validation was due: without one there is no best checkpoint.
                validate(network, log);
                save(network);
            }
        }
        return new Outcome(end, state.updates, state.notes, state.seconds, state.bestValidation);
    }

    private @Nullable End ended() {
        if (stop.getAsBoolean()) {
            return End.STOPPED;
        }
        if (state.validationsSinceBest >= limits.patience()) {
            return End.EARLY;
        }
        if (state.epoch >= limits.epochs()) {
            return End.EPOCHS;
        }
        return state.seconds >= limits.minutes() * 60 ? End.MINUTES : null;
    }

    private void update(MultiLayerNetwork network, EpochWindows windows, int batches, TrainingLog log)
            throws IOException {
        int first = state.batch * preset.batch();
        int count = Math.min(preset.batch(), windows.size() - first);
        WindowBatch batch = WindowBatch.of(rows, windows, first, count, preset.window());
        // Dropout draws from ND4J's generator, whose position no checkpoint holds.
        Nd4j.getRandom().setSeed(Mixing.mix(preset.seed(), state.epoch, state.batch));
        network.fit(batch.features(), batch.labels(), null, batch.mask());
        // DL4J's score sums over steps and divides by the windows.
        double mse = network.score() * count / batch.notes();
        if (!Double.isFinite(mse)) {
            throw new ArithmeticException("the loss became " + mse + " at update " + (state.updates + 1)
                    + "; a lower --learning-rate may help; the last good state is in " + run.last());
        }
        state.batch++;
        state.updates++;
        state.notes += batch.notes();
        state.epochLossSum += mse;
        log.batch(state, mse);
        listener.update(state.epoch + 1, state.batch, batches, mse, state.seconds);
    }

    private void validate(MultiLayerNetwork network, TrainingLog log) throws IOException {
        SquaredErrors errors = errors(network).windows(validationSample, preset.window());
        log.validation(state, errors.mse(), network);
        boolean better = errors.mse() < state.bestValidation;
        if (better) {
            state.bestValidation = errors.mse();
            state.bestUpdate = state.updates;
            state.validationsSinceBest = 0;
            deviations = errors.deviations();
            checkpoint(network).write(run.best(), false);
        } else {
            state.validationsSinceBest++;
        }
        listener.message(String.format(
                Locale.ROOT,
                "epoch %d, update %d: validation sample MSE %.5f, SNR %.2f dB%s",
                state.epoch + 1,
                state.updates,
                errors.mse(),
                errors.snrDecibels(),
                better ? " (best)" : ""));
    }

    private void finishEpoch(MultiLayerNetwork network, TrainingLog log, int batches) throws IOException {
        validate(network, log);
        double whole = errors(network)
                .windows(EpochWindows.tiled(validation, preset.window(), 1), preset.window())
                .mse();
        double train = state.epochLossSum / batches;
        log.epoch(state, train, whole);
        listener.message(String.format(
                Locale.ROOT,
                "epoch %d done: train MSE %.5f (with dropout), validation MSE %.5f (windows of %d)",
                state.epoch + 1,
                train,
                whole,
                preset.window()));
        state.epoch++;
        state.batch = 0;
        state.epochLossSum = 0;
    }

    private ModelErrors errors(MultiLayerNetwork network) {
        return new ModelErrors(network, rows, preset.intervalClipTicks(), figures.longestIntervalTicks(), notes -> {});
    }

    private void save(MultiLayerNetwork network) throws IOException {
        checkpoint(network).write(run.last(), true);
    }

    private Checkpoint checkpoint(MultiLayerNetwork network) {
        PaperEncoding encoding = new PaperEncoding(
                preset.ticksPerSecond(),
                preset.intervalClipTicks(),
                deviations,
                figures.durationBounds(),
                figures.durationMedians());
        ObjectNode told = provenance.deepCopy();
        told.put("epochs", state.epoch).put("updates", state.updates).put("notes_seen", state.notes);
        told.put("train_seconds", Math.round(state.seconds * 10) / 10.0);
        CheckpointInfo info = new CheckpointInfo("paper", encoding, told, new ObjectMapper().createObjectNode());
        return new Checkpoint(network, info, state.toJson(), parity());
    }

    private ParityRows parity() {
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
