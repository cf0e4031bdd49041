/**
 * From a checkpoint to a published version: the only module where DL4J and ONNX Runtime meet. There are no classes in
 * this package; those below it depend on each other in one direction, from top to bottom:
 *
 * <pre>
 * command               the command line: ExporterMain
 * score, play, bench    what can be done with a model: measure it, let it play, time it
 * publish               Export and the registry Kinds: a version of a checkpoint, whole or not at all
 * kind.paper, kind.performer, kind.roll
 *                       a kind of model each: its network, weights, graph, proof and part of the card
 * kind                  what a kind is, and what kinds share
 * graph                 the writer of ONNX files
 * </pre>
 *
 * <p>To follow an export, start at {@link dev.cadenza.exporter.publish.Export}. To add a kind, start at {@link
 * dev.cadenza.exporter.kind.KindExporter}.
 */
@NullMarked
package dev.cadenza.exporter;

import org.jspecify.annotations.NullMarked;
