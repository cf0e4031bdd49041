/**
 * Writes ONNX files, as raw protobuf.
 *
 * <p>Start at {@link dev.cadenza.exporter.graph.PaperGraph}, the graph of kind {@code paper}. {@link
 * dev.cadenza.exporter.graph.OnnxGraph} puts nodes together and checks each against {@link
 * dev.cadenza.exporter.graph.OnnxOperator}, the operators as data, before it is built.
 */
@NullMarked
package dev.cadenza.exporter.graph;

import org.jspecify.annotations.NullMarked;
