package dev.cadenza.trainer.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a checkpoint says of itself.
 *
 * @param kind the name of its {@link CheckpointKind}
 * @param encoding how notes become the network's rows and back, as the kind's encoding writes it
 * @param provenance data, its licence, preset, random seed, updates, notes seen, seconds, versions of the tools
 * @param metrics measured on the finished checkpoint; empty before
 */
public record CheckpointInfo(String kind, ObjectNode encoding, ObjectNode provenance, ObjectNode metrics) {
    /** What a checkpoint says of itself before it was measured. */
    public CheckpointInfo(String kind, ObjectNode encoding, ObjectNode provenance) {
        this(kind, encoding, provenance, new ObjectMapper().createObjectNode());
    }

    /** The same with other metrics. */
    public CheckpointInfo withMetrics(ObjectNode measured) {
        return new CheckpointInfo(kind, encoding, provenance, measured);
    }
}
