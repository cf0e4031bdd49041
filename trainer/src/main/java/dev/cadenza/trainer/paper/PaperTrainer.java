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
import dev.cadenza.trainer.lstm.LstmLayers;
import dev.cadenza.trainer.parallel.CarriedState;
import dev.cadenza.trainer.parallel.Replicas;
import dev.cadenza.trainer.parallel.Share;
import dev.cadenza.trainer.run.RunFolder;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;

/**
 * Trains the paper preset into a run folder, from the start or from where a run stopped.
 *
 * <p>A run that is stopped and resumed with as many replicas ends with the same parameters as one that was not: windows
 * depend on seed and epoch, dropout on seed, update and share, and the updater's state and the state carried are in the
 * checkpoint. Called by one thread; the replicas are its own.
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
     * @param bestValidationMse on the validation sample: windows from a zero state, or whole pieces with the state
     *     carried when training carries it
     */
    public record Outcome(End end, long updates, long notes, double seconds, double bestValidationMse) {}

    /**
     * How the updates are computed; what is learned does not depend on it, but for rounding and the masks of dropout.
     *
     * @param replicas threads that share a batch, at least 1
     */
    public record Machine(LstmLayers lstm, int replicas) {}

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
    private final Machine machine;
    private final ObjectNode provenance;
    private final Listener listener;
    private final BooleanSupplier stop;
    private final List<EncodedPiece> training;
    private final List<EncodedPiece> validation;
    private final EpochWindows validationSample;
    private final List<EncodedPiece> validationPieces;

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
            Machine machine,
            ObjectNode provenance,
            Listener listener,
            BooleanSupplier stop) {
        this.preset = preset;
        this.rows = new PaperRows(corpus, preset.intervalClipTicks());
        this.run = run;
        this.limits = limits;
        this.machine = machine;
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
        int stride = Math.max(1, windows / VALIDATION_SAMPLE_WINDOWS);
        validationSample = EpochWindows.tiled(validation, preset.window(), stride);
        validationPieces = IntStream.range(0, validation.size())
                .filter(index -> index % stride == 0)
                .mapToObj(validation::get)
                .toList();
    }

    /**
     * Trains until a limit, early stopping or {@code stop}.
     *
     * @param resumed the run's {@code last.zip}, or null to begin
     */
    public Outcome train(@Nullable Checkpoint resumed) throws IOException {
        MultiLayerNetwork network;
        if (resumed == null) {
            network = new MultiLayerNetwork(machine.lstm().in(preset.network()));
            network.init();
        } else {
            network = machine.lstm().in(resumed.network());
            state = TrainingState.fromJson(resumed.training());
            deviations = resumed.info().encoding().deviations();
        }
        long began = System.nanoTime();
        double before = state.seconds;
        End end = resumed == null ? null : ended();
        try (TrainingLog log = new TrainingLog(run, state.updates);
                Replicas replicas = new Replicas(network, machine.replicas())) {
            replicas.carry(state.carried);
            double saved = state.seconds;
            while (end == null) {
                EpochWindows windows = windows();
                int batches = (windows.size() + rowsOfBatch() - 1) / rowsOfBatch();
                while (end == null && state.batch < batches) {
                    update(replicas, windows, batches, log);
                    state.seconds = before + (System.nanoTime() - began) / 1e9;
                    if (state.updates % limits.validateEvery() == 0 && state.batch < batches) {
                        validate(network, log);
                    }
                    state.seconds = before + (System.nanoTime() - began) / 1e9;
                    end = ended();
                    if (state.batch < batches && (end != null || state.seconds - saved > SAVE_SECONDS)) {
                        log.flush();
                        save(network, replicas);
                        saved = state.seconds;
                    }
                }
                if (state.batch == batches) {
                    finishEpoch(network, replicas, log, batches);
                    state.seconds = before + (System.nanoTime() - began) / 1e9;
                    save(network, replicas);
                    saved = state.seconds;
                    end = ended();
                }
            }
            if (end != End.STOPPED && state.bestUpdate == 0) {
                // Time was over before the first validation was due: without one there is no best checkpoint.
                validate(network, log);
                save(network, replicas);
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

    private EpochWindows windows() {
        return preset.carry()
                ? EpochWindows.sideBySide(training, preset.window(), rowsOfBatch(), preset.seed(), state.epoch)
                : EpochWindows.shuffled(training, preset.window(), preset.seed(), state.epoch);
    }

    private int rowsOfBatch() {
        return preset.carry() ? Math.min(preset.batch(), training.size()) : preset.batch();
    }

    private void update(Replicas replicas, EpochWindows windows, int batches, TrainingLog log) throws IOException {
        int first = state.batch * rowsOfBatch();
        int batchRows = Math.min(rowsOfBatch(), windows.size() - first);
        int shares = Math.min(replicas.count(), batchRows);
        AtomicInteger notes = new AtomicInteger();
        double score = replicas.update(shares, share -> {
            int from = Replicas.firstRow(batchRows, share, shares);
            int to = Replicas.firstRow(batchRows, share + 1, shares);
            WindowBatch batch = WindowBatch.of(rows, windows, first + from, to - from, preset.window());
            notes.addAndGet(batch.notes());
            return new Share(
                    batch.features(),
                    batch.labels(),
                    batch.mask(),
                    preset.carry() ? batch.fresh() : null,
                    Mixing.mix(preset.seed(), state.epoch, state.batch, share));
        });
        // DL4J's score sums over steps and divides by the windows.
        double mse = score * batchRows / notes.get();
        if (!Double.isFinite(mse)) {
            throw new ArithmeticException("the loss became " + mse + " at update " + (state.updates + 1)
                    + "; a lower --learning-rate may help; the last good state is in " + run.last());
        }
        state.batch++;
        state.updates++;
        state.notes += notes.get();
        state.epochLossSum += mse;
        log.batch(state, mse);
        listener.update(state.epoch + 1, state.batch, batches, mse, state.seconds);
    }

    private void validate(MultiLayerNetwork network, TrainingLog log) throws IOException {
        SquaredErrors errors = preset.carry()
                ? errors(network).carried(validationPieces)
                : errors(network).windows(validationSample, preset.window());
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

    private void finishEpoch(MultiLayerNetwork network, Replicas replicas, TrainingLog log, int batches)
            throws IOException {
        validate(network, log);
        double whole = preset.carry()
                ? errors(network).carried(validation).mse()
                : errors(network)
                        .windows(EpochWindows.tiled(validation, preset.window(), 1), preset.window())
                        .mse();
        double train = state.epochLossSum / batches;
        log.epoch(state, train, whole);
        listener.message(String.format(
                Locale.ROOT,
                "epoch %d done: train MSE %.5f (with dropout), validation MSE %.5f (%s)",
                state.epoch + 1,
                train,
                whole,
                preset.carry() ? "state carried" : "windows of " + preset.window()));
        state.epoch++;
        state.batch = 0;
        state.epochLossSum = 0;
        replicas.forget();
    }

    private ModelErrors errors(MultiLayerNetwork network) {
        return new ModelErrors(network, rows, preset.intervalClipTicks(), figures.longestIntervalTicks(), notes -> {});
    }

    private void save(MultiLayerNetwork network, Replicas replicas) throws IOException {
        state.carried = preset.carry() && state.batch > 0 ? replicas.carried() : CarriedState.NONE;
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
