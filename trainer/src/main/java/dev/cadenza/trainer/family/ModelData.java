package dev.cadenza.trainer.family;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;

/** Data in three splits as one kind of model reads it, and how a model is measured on it. */
public interface ModelData {
    /** The name of the corpus. */
    String name();

    /** A hash by which a resumed run knows its data again, in hexadecimal. */
    String sha256();

    /**
     * What a checkpoint says of the data: name, hash, split, licence, counts.
     *
     * @param licence SPDX, when the user named one
     */
    ObjectNode provenance(@Nullable String licence);

    /** Whether a split has nothing to measure on. */
    boolean isEmpty(Split split);

    /**
     * Figures of a model on a split.
     *
     * @param json with units in the keys
     * @param table for a terminal
     * @param info the checkpoint's, with what was settled by measuring
     */
    record Measures(ObjectNode json, String table, CheckpointInfo info) {}

    /**
     * Measures a model, with progress on the terminal.
     *
     * @param split one that is not empty
     */
    Measures measure(MultiLayerNetwork network, CheckpointInfo info, Split split);

    /** The same for a model whose training is over; validation comes first and may settle a part of the encoding. */
    default Measures measureFinished(MultiLayerNetwork network, CheckpointInfo info, Split split) {
        return measure(network, info, split);
    }

    /** Performances that playing can be compared with; null when the data has none. */
    @Nullable
    EncodedCorpus performances();
}
