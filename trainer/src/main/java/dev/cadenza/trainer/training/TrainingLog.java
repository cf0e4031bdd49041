package dev.cadenza.trainer.training;

import java.io.IOException;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes what training measures to {@code metrics.csv} and TensorBoard's event file. */
final class TrainingLog implements AutoCloseable {
    private final MetricsFile metrics;
    private final EventWriter events;

    TrainingLog(RunFolder run, String loss, long afterUpdate) throws IOException {
        metrics = MetricsFile.open(run.metrics(), loss, afterUpdate);
        events = EventWriter.open(run.tensorboard());
        if (afterUpdate > 0) {
            events.resumeAt(afterUpdate + 1);
        }
    }

    void batch(TrainingState state, double trainLoss) throws IOException {
        metrics.row(
                "batch",
                state.epoch + 1,
                state.batch,
                state.updates,
                state.notes,
                state.seconds,
                trainLoss,
                Double.NaN);
        events.scalar("loss/train_batch", state.updates, (float) trainLoss);
    }

    void validation(TrainingState state, double validationLoss, MultiLayerNetwork network) throws IOException {
        metrics.row(
                "validation",
                state.epoch + 1,
                state.batch,
                state.updates,
                state.notes,
                state.seconds,
                Double.NaN,
                validationLoss);
        events.scalar("loss/validation_sample", state.updates, (float) validationLoss);
        for (Map.Entry<String, INDArray> parameter : network.paramTable().entrySet()) {
            String[] layerAndName = parameter.getKey().split("_", 2);
            String tag = "layer" + layerAndName[0] + "/" + layerAndName[1];
            events.histogram(
                    tag, state.updates, parameter.getValue().dup('c').data().asFloat());
        }
        flush();
    }

    /** {@code state} stands after the epoch's last batch. */
    void epoch(TrainingState state, double trainLoss, double validationLoss) throws IOException {
        metrics.row(
                "epoch",
                state.epoch + 1,
                state.batch,
                state.updates,
                state.notes,
                state.seconds,
                trainLoss,
                validationLoss);
        events.scalar("loss/train_epoch", state.epoch + 1, (float) trainLoss);
        events.scalar("loss/validation_epoch", state.epoch + 1, (float) validationLoss);
        flush();
    }

    void flush() throws IOException {
        metrics.flush();
        events.flush();
    }

    @Override
    public void close() throws IOException {
        try {
            events.close();
        } finally {
            metrics.close();
        }
    }
}
