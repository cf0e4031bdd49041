/**
 * Writes ONNX files, as raw protobuf; knows neither kinds of model nor DL4J or ONNX Runtime.
 *
 * <p>Start at {@link dev.cadenza.exporter.graph.Expressions}, which writes nodes as formulas. {@link
 * dev.cadenza.exporter.graph.OnnxGraph} puts nodes together and checks each against {@link
 * dev.cadenza.exporter.graph.OnnxOperator}, the operators as data, before it is built. {@link
 * dev.cadenza.exporter.graph.WeightFormat} says how a file holds weights, and {@link
 * dev.cadenza.exporter.graph.ProductNodes} multiplies with them.
 */
@NullMarked
package dev.cadenza.exporter.graph;

import org.jspecify.annotations.NullMarked;
