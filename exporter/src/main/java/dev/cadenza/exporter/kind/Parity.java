package dev.cadenza.exporter.kind;

/**
 * The proof that the graph in ONNX Runtime computes what the network in DL4J computes, on real notes: as one run, and step
 * by step, everything that comes out.
 *
 * @param largestDifference of all numbers compared
 * @param where it was
 * @param compared how many numbers
 */
public record Parity(double largestDifference, String where, long compared) {}
