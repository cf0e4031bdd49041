package dev.cadenza.trainer.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.notematrix.PaperEncoding;

/**
 * What a checkpoint says of itself.
 *
 * @param kind {@code paper}
 * @param encoding how notes become the network's rows and back
 * @param provenance data, its licence, preset, seed, updates, notes seen, seconds, versions of the tools
 * @param metrics measured on the finished checkpoint; empty before
 */
public record CheckpointInfo(String kind, PaperEncoding encoding, ObjectNode provenance, ObjectNode metrics) {}
