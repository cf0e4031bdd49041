package dev.cadenza.trainer.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.checkpoint.ParityRows;
import dev.cadenza.trainer.network.Share;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * What a {@link TrainingLoop} trains: a preset's network, its data in order, and how it is measured. Called by the
 * loop's thread, but for {@link #part}.
 */
public interface TrainingTask {
    /** The network to begin with. */
    MultiLayerConfiguration network();

    /**
     * A network to begin with, made by an earlier version of the same preset, as this one's network, saying what it said;
     * one that cannot be is returned as it is.
     *
     * @throws IllegalArgumentException when a parameter has another shape
     */
    default MultiLayerNetwork grown(MultiLayerNetwork from) {
        return from;
    }

    /**
     * What losses are.
     *
     * @param name in sentences, such as {@code MSE}
     * @param id in files, such as {@code mse}
     * @param inTraining what is peculiar to the loss of an epoch's updates
     */
    record Loss(String name, String id, String inTraining) {}

    Loss loss();

    /** What the loop counts, in the plural. */
    default String unit() {
        return "notes";
    }

    /** Whether a window goes on from the state in which the window of its row in the batch before ended. */
    boolean carries();

    /** The windows of an epoch, in order. */
    EpochWindows windows(int epoch);

    /** Windows of a batch. */
    int rows();

    /** Rows of the state carried that belong to one window. */
    default int carriedRows() {
        return 1;
    }

    /** A share of a batch, and how many of its labels are notes. */
    record Part(Share share, int notes) {}

    /**
     * Makes rows of a batch; called on the thread of the replica that computes them.
     *
     * @param first among all windows of the epoch
     */
    Part part(EpochWindows windows, int epoch, int first, int count, long randomSeed);

    /**
     * A measure on held-out pieces.
     *
     * @param loss lower is better
     * @param text with its name and unit
     */
    record Validation(double loss, String text) {}

    /** Measures a sample that is the same in each call. */
    Validation validateSample(MultiLayerNetwork network);

    /** Measures the whole validation split. */
    Validation validateAll(MultiLayerNetwork network);

    /** An update was made. */
    default void updated(MultiLayerNetwork network) {}

    /** The last sample was the best so far. */
    default void best() {}

    /** Takes over what an earlier run of the same task knew. */
    default void resume(CheckpointInfo info) {}

    /** What a checkpoint says of itself, without metrics. */
    CheckpointInfo info(ObjectNode provenance);

    /** Held-out rows that an export is proved on. */
    ParityRows parity();
}
