package dev.cadenza.trainer.family;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.training.TrainingLimits;
import dev.cadenza.trainer.training.TrainingTask;
import java.io.IOException;

/** Hyperparameters of a model. Implementations are records: two presets are equal when they train alike. */
public interface Preset {
    /**
     * This preset with the values that were asked for.
     *
     * @throws WrongUsageException when an option does not go with this preset
     * @throws IllegalArgumentException when a value is out of range; the message begins with the option's name
     */
    Preset with(PresetOptions options);

    /** Whether the state goes on from window to window. */
    boolean carry();

    /** The random seed. */
    long seed();

    /** When training ends if no option says so. */
    TrainingLimits limits();

    /** As JSON, keys in snake case, {@code preset} its name. */
    ObjectNode toJson();

    /** Data that was opened, and the training on it. */
    record Opened(ModelData data, TrainingTask task) {}

    /**
     * Opens data to train on.
     *
     * @throws WrongUsageException when the options do not name data that this preset can read
     * @throws IllegalArgumentException when the data has no piece to train or to validate on
     */
    Opened open(DataSource source) throws IOException, CorpusFormatException;
}
