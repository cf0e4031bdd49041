/**
 * Running published versions with ONNX Runtime. No other package knows it.
 *
 * <p>Start at {@link dev.cadenza.onnx.LoadedVersion#load}, which tries a verified version out, or refuses it, and
 * leases a {@link dev.cadenza.generation.step.Player}. {@link dev.cadenza.onnx.GraphSession} is the bare graph with
 * every output, for comparing figures.
 *
 * <p><b>Adding a kind of model.</b> Write one public class that implements {@link dev.cadenza.onnx.GraphKind}: its
 * name, the tensors of its graph, how its encoding is read from the manifest and the graph becomes a {@link
 * dev.cadenza.generation.step.StepModel}, and, where they differ, the inputs of its golden piece. Name the class in
 * {@code META-INF/services/dev.cadenza.model.ModelKind}. A graph that answers the previous note with the next needs no
 * step model of its own: {@link dev.cadenza.onnx.OnnxStepModel} steps it. {@link dev.cadenza.onnx.PaperKind} is the
 * shortest example. Nothing else names a kind.
 */
@NullMarked
package dev.cadenza.onnx;

import org.jspecify.annotations.NullMarked;
