/**
 * Writes ONNX files, as raw protobuf.
 *
 * <p>Start at {@link dev.cadenza.exporter.graph.PerformerGraph} and {@link dev.cadenza.exporter.graph.PaperGraph}, the
 * graphs of the kinds {@code performer} and {@code paper}. {@link dev.cadenza.exporter.graph.Expressions} writes nodes as
 * formulas; {@link
 * dev.cadenza.exporter.graph.OnnxGraph} puts nodes together and checks each against {@link
 * dev.cadenza.exporter.graph.OnnxOperator}, the operators as data, before it is built.
 */
@NullMarked
package dev.cadenza.exporter.graph;

import org.jspecify.annotations.NullMarked;
