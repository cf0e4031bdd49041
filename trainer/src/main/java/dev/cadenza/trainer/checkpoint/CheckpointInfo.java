package dev.cadenza.trainer.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.notematrix.PaperEncoding;

/**
 * What a checkpoint says of itself.
 *
 * @param kind {@code paper}, {@code performer} or {@code roll}
 * @param encoding how notes become the network's rows and back, as the kind's encoding writes it
 * @param provenance data, its licence, preset, seed, updates, notes seen, seconds, versions of the tools
 * @param metrics measured on the finished checkpoint; empty before
 */
public record CheckpointInfo(String kind, ObjectNode encoding, ObjectNode provenance, ObjectNode metrics) {
    /** The kind of the seed paper's networks. */
    public static final String PAPER = "paper";

    /** The kind of networks with categorical heads. */
    public static final String PERFORMER = "performer";

    /** The kind of piano-roll networks. */
    public static final String ROLL = "roll";

    /** What a checkpoint of kind {@link #PAPER} says of itself. */
    public CheckpointInfo(String kind, PaperEncoding encoding, ObjectNode provenance, ObjectNode metrics) {
        this(kind, (ObjectNode) encoding.toJson(), provenance, metrics);
    }

    /**
     * The encoding of the kind {@link #PAPER}.
     *
     * @throws IllegalArgumentException when the kind is another or the encoding is not one of it
     */
    public PaperEncoding paperEncoding() {
        if (!kind.equals(PAPER)) {
            throw new IllegalArgumentException("kind (" + kind + ") must be " + PAPER);
        }
        return PaperEncoding.fromJson(encoding);
    }

    /** The same with other metrics. */
    public CheckpointInfo withMetrics(ObjectNode measured) {
        return new CheckpointInfo(kind, encoding, provenance, measured);
    }
}
