/**
 * Running published versions with ONNX Runtime: the only package that knows it.
 *
 * <p>Start at {@link dev.cadenza.onnx.LoadedVersion#load}, which makes a {@link
 * dev.cadenza.generation.StepModel} of a verified version, or refuses it, and hands it out on lease. {@link
 * dev.cadenza.onnx.GraphSession} is the bare graph, every output of it, for those who compare figures.
 */
@NullMarked
package dev.cadenza.onnx;

import org.jspecify.annotations.NullMarked;
