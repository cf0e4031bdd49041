/**
 * From a checkpoint to a published version: the only place where DL4J and ONNX Runtime meet.
 *
 * <p>Start at {@link dev.cadenza.exporter.publish.Export}: it takes the network apart, writes the graph, proves with {@link
 * dev.cadenza.exporter.kind.Parity} that both engines compute the same on real rows, and publishes. {@link
 * dev.cadenza.exporter.ExporterMain} is the command line around it.
 */
@NullMarked
package dev.cadenza.exporter;

import org.jspecify.annotations.NullMarked;
