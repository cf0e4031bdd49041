package dev.cadenza.exporter.graph;

/** A tensor of the graph under construction: an input, a constant or a node's output. */
public record OnnxRef(String name) {
    /** An optional input that is not given. */
    public static final OnnxRef NONE = new OnnxRef("");
}
