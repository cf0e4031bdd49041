package dev.cadenza.trainer.study;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.network.LstmLayers;
import dev.cadenza.trainer.training.RunFolder;
import dev.cadenza.trainer.training.TrainingLimits;
import dev.cadenza.trainer.training.TrainingLoop;
import dev.cadenza.trainer.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The study's trainings, each in a run folder of its own; one that was interrupted goes on.
 *
 * @param folder of all of them
 * @param replicas threads that share a batch
 * @param log for lines
 * @param stop asked after each update
 */
public record Runs(Path folder, int replicas, Consumer<String> log, BooleanSupplier stop) {
    private static final double LOG_SECONDS = 20;

    /**
     * A training that is done.
     *
     * @param best the checkpoint of the lowest validation loss
     */
    public record Trained(RunFolder run, Checkpoint best, TrainingLoop.Outcome outcome) {}

    /**
     * Trains until a limit.
     *
     * @param name of the run's folder
     * @param provenance what the checkpoint says of its making
     * @throws StudyStoppedException when stopped before
     */
    public Trained train(String name, TrainingTask task, ObjectNode provenance, TrainingLimits limits, long seed)
            throws IOException {
        RunFolder run = new RunFolder(folder.resolve(name));
        Files.createDirectories(run.path());
        try {
            Checkpoint last = Files.exists(run.last()) ? Checkpoint.read(run.last()) : null;
            if (last == null) {
                run.writeConfig(provenance);
            }
            TrainingLoop.Listener listener = new ProgressLog(name, limits);
            TrainingLoop.Outcome outcome = new TrainingLoop(
                            task,
                            run,
                            limits,
                            new TrainingLoop.Machine(LstmLayers.FUSED, replicas),
                            seed,
                            provenance,
                            listener,
                            stop)
                    .train(last, null);
            if (outcome.end() == TrainingLoop.End.STOPPED) {
                throw new StudyStoppedException();
            }
            return new Trained(run, Checkpoint.read(run.best()), outcome);
        } catch (CheckpointFormatException e) {
            throw new IOException(e.getMessage() + "; remove " + run.path() + " to train it again", e);
        }
    }

    /** Lines now and then. */
    private final class ProgressLog implements TrainingLoop.Listener {
        private final String name;
        private final TrainingLimits limits;
        private double logged;

        ProgressLog(String name, TrainingLimits limits) {
            this.name = name;
            this.limits = limits;
        }

        @Override
        public void update(int epoch, int batch, int batches, double trainLoss, double seconds) {
            if (seconds - logged > LOG_SECONDS) {
                logged = seconds;
                log.accept(String.format(
                        Locale.ROOT,
                        "%s: epoch %d, batch %d/%d, loss %.4f, %.0f s%s",
                        name,
                        epoch,
                        batch,
                        batches,
                        trainLoss,
                        seconds,
                        limits.updates() < Long.MAX_VALUE ? " of " + limits.updates() + " updates" : ""));
            }
        }

        @Override
        public void message(String line) {
            log.accept(name + ": " + line);
        }
    }
}
