package dev.cadenza.trainer.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.network.CarriedState;
import dev.cadenza.trainer.network.LstmLayers;
import dev.cadenza.trainer.network.Replicas;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;

/**
 * Trains a task into a run folder, from the start, from another network's parameters or from where a run stopped.
 *
 * <p>A run that is stopped and resumed with as many replicas ends with the same parameters as one that was not: windows
 * depend on seed and epoch, dropout on seed, update and share, and the updater's state and the state carried are in the
 * checkpoint. Called by one thread; the replicas are its own.
 */
public final class TrainingLoop {
    /** Why training ended. */
    public enum End {
        EPOCHS,
        UPDATES,
        MINUTES,
        EARLY,
        STOPPED
    }

    /** What training came to; the loss is that of the validation sample. */
    public record Outcome(End end, long updates, long notes, double seconds, double bestValidation) {}

    /**
     * How the updates are computed; what is learned does not depend on it, but for rounding and the masks of dropout.
     *
     * @param replicas threads that share a batch, at least 1
     */
    public record Machine(LstmLayers lstm, int replicas) {}

    /** Called with progress, on the training thread. */
    public interface Listener {
        void update(int epoch, int batch, int batches, double trainLoss, double seconds);

        void message(String line);
    }

    private static final double SAVE_SECONDS = 120;

    private final TrainingTask task;
    private final RunFolder run;
    private final TrainingLimits limits;
    private final Machine machine;
    private final long seed;
    private final ObjectNode provenance;
    private final Listener listener;
    private final BooleanSupplier stop;

    private TrainingState state = new TrainingState();

    /**
     * @param provenance what the checkpoint says of its making; figures of the run are added to a copy
     * @param stop asked after each update; true ends training as if its time were over
     */
    public TrainingLoop(
            TrainingTask task,
            RunFolder run,
            TrainingLimits limits,
            Machine machine,
            long seed,
            ObjectNode provenance,
            Listener listener,
            BooleanSupplier stop) {
        this.task = task;
        this.run = run;
        this.limits = limits;
        this.machine = machine;
        this.seed = seed;
        this.provenance = provenance;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Trains until a limit, early stopping or {@code stop}.
     *
     * @param resumed the run's {@code last.zip}, or null to begin
     * @param from a network to begin with the parameters of, or null for drawn ones; not looked at when resumed
     */
    public Outcome train(@Nullable Checkpoint resumed, @Nullable MultiLayerNetwork from) throws IOException {
        MultiLayerNetwork network = network(resumed, from);
        long began = System.nanoTime();
        double before = state.seconds;
        End end = resumed == null ? null : ended();
        try (TrainingLog log = new TrainingLog(run, task.loss().id(), state.updates);
                Replicas replicas = new Replicas(network, machine.replicas())) {
            replicas.carry(state.carried, task.carriedRows());
            double saved = state.seconds;
            while (end == null) {
                EpochWindows windows = task.windows(state.epoch);
                int batches = (windows.size() + task.rows() - 1) / task.rows();
                while (end == null && state.batch < batches) {
                    update(replicas, windows, batches, log);
                    task.updated(network);
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
            if (end != End.STOPPED && state.validatedUpdate != state.updates) {
                // What was learned since the last validation counts too.
                validate(network, log);
                save(network, replicas);
            }
        }
        return new Outcome(end, state.updates, state.notes, state.seconds, state.bestValidation);
    }

    private MultiLayerNetwork network(@Nullable Checkpoint resumed, @Nullable MultiLayerNetwork from) {
        if (resumed != null) {
            state = TrainingState.fromJson(resumed.training());
            task.resume(resumed.info());
            return machine.lstm().in(resumed.network());
        }
        MultiLayerNetwork network = new MultiLayerNetwork(machine.lstm().in(task.network()));
        network.init();
        if (from != null) {
            MultiLayerNetwork grown = task.grown(from);
            if (grown.numParams() != network.numParams()) {
                throw new IllegalArgumentException("the network to begin with has " + grown.numParams()
                        + " parameters, the preset's has " + network.numParams());
            }
            network.setParams(grown.params());
        }
        return network;
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
        if (state.updates >= limits.updates()) {
            return End.UPDATES;
        }
        return state.seconds >= limits.minutes() * 60 ? End.MINUTES : null;
    }

    private void update(Replicas replicas, EpochWindows windows, int batches, TrainingLog log) throws IOException {
        int first = state.batch * task.rows();
        int batchRows = Math.min(task.rows(), windows.size() - first);
        int shares = Math.min(replicas.count(), batchRows);
        AtomicInteger notes = new AtomicInteger();
        double score = replicas.update(shares, share -> {
            int from = Replicas.firstRow(batchRows, share, shares);
            int to = Replicas.firstRow(batchRows, share + 1, shares);
            TrainingTask.Part part = task.part(
                    windows, state.epoch, first + from, to - from, Mixing.mix(seed, state.epoch, state.batch, share));
            notes.addAndGet(part.notes());
            return part.share();
        });
        // DL4J's score sums over steps and divides by the windows.
        double loss = score * batchRows / notes.get();
        if (!Double.isFinite(loss)) {
            throw new ArithmeticException("the loss became " + loss + " at update " + (state.updates + 1)
                    + "; a lower --learning-rate may help; the last good state is in " + run.last());
        }
        state.batch++;
        state.updates++;
        state.notes += notes.get();
        state.epochLossSum += loss;
        log.batch(state, loss);
        listener.update(state.epoch + 1, state.batch, batches, loss, state.seconds);
    }

    private void validate(MultiLayerNetwork network, TrainingLog log) throws IOException {
        TrainingTask.Validation validation = task.validateSample(network);
        log.validation(state, validation.loss(), network);
        state.validatedUpdate = state.updates;
        boolean better = validation.loss() < state.bestValidation;
        if (better) {
            state.bestValidation = validation.loss();
            state.bestUpdate = state.updates;
            state.validationsSinceBest = 0;
            task.best();
            checkpoint(network).write(run.best(), false);
        } else {
            state.validationsSinceBest++;
        }
        listener.message(String.format(
                Locale.ROOT,
                "epoch %d, update %d: validation sample %s%s",
                state.epoch + 1,
                state.updates,
                validation.text(),
                better ? " (best)" : ""));
    }

    private void finishEpoch(MultiLayerNetwork network, Replicas replicas, TrainingLog log, int batches)
            throws IOException {
        validate(network, log);
        TrainingTask.Validation whole = task.validateAll(network);
        double train = state.epochLossSum / batches;
        log.epoch(state, train, whole.loss());
        listener.message(String.format(
                Locale.ROOT,
                "epoch %d done: train %s %.5f (%s), validation %s",
                state.epoch + 1,
                task.loss().name(),
                train,
                task.loss().inTraining(),
                whole.text()));
        state.epoch++;
        state.batch = 0;
        state.epochLossSum = 0;
        replicas.forget();
    }

    private void save(MultiLayerNetwork network, Replicas replicas) throws IOException {
        state.carried = task.carries() && state.batch > 0 ? replicas.carried() : CarriedState.NONE;
        checkpoint(network).write(run.last(), true);
    }

    private Checkpoint checkpoint(MultiLayerNetwork network) {
        ObjectNode described = provenance.deepCopy();
        described.put("epochs", state.epoch).put("updates", state.updates).put("notes_seen", state.notes);
        described.put("train_seconds", Math.round(state.seconds * 10) / 10.0);
        return new Checkpoint(network, task.info(described), state.toJson(), task.parity());
    }
}
