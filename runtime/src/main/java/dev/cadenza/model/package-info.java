/**
 * Published model versions: {@code models/<name>/<integer>/{model.onnx, manifest.json, golden.json, MODEL_CARD.md}}.
 *
 * <p>Start at {@link dev.cadenza.model.ModelRepository}, which finds, verifies and publishes versions; it hands out a
 * {@link dev.cadenza.model.VerifiedVersion}, whose bytes were read once and whose every hash holds, or throws
 * {@link dev.cadenza.model.ModelRefusedException}, which says why not. {@link dev.cadenza.model.ModelManifest} is what
 * {@code manifest.json} says.
 *
 * <p>A version is immutable: its number is the name of its folder and stands in no file, so that a folder copied under
 * another number is a version too. This package knows bytes, not engines: whether the graph runs and what it computes
 * is found out by {@code dev.cadenza.onnx}.
 */
@NullMarked
package dev.cadenza.model;

import org.jspecify.annotations.NullMarked;
