package dev.cadenza.trainer.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.corpus.EncodedCorpus;

/** Hyperparameters of a model, and the task that they make of a corpus. */
public interface Preset {
    /** Grid of the corpus that it is trained on. */
    int ticksPerSecond();

    /** Steps of a training window. */
    int window();

    /** Whether the state goes on from window to window. */
    boolean carry();

    long seed();

    /** When training ends if nobody says so. */
    TrainingLimits limits();

    /** As JSON, keys in snake case, {@code preset} its name. */
    ObjectNode toJson();

    /**
     * This preset on a corpus.
     *
     * @throws IllegalArgumentException when the corpus has no piece to train or to validate on
     */
    TrainingTask task(EncodedCorpus corpus);
}
