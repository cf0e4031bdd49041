/**
 * What a foreign graph may ask of this process, found out from its bytes alone: {@link
 * dev.cadenza.graph.GraphCheck} parses an ONNX file and refuses it unless every node is on the list of {@link
 * dev.cadenza.graph.Operator}, every loop ends, and every tensor of a run has a size that is known beforehand and small
 * enough. No session is made for that, nothing is computed, and nothing of the file's own size is allocated.
 *
 * <p>To allow another operator, add it to {@link dev.cadenza.graph.Operator} with its attributes and the rule that
 * gives the dims of its outputs.
 */
@NullMarked
package dev.cadenza.graph;

import org.jspecify.annotations.NullMarked;
