package dev.cadenza.exporter.graph;

/** A tensor of the graph under construction: an input, a constant or a node's output. */
record OnnxRef(String name) {
    /** An optional input that is not given. */
    static final OnnxRef NONE = new OnnxRef("");
}
