/**
 * What the commands know of the kinds of models. A kind implements {@link dev.cadenza.trainer.family.ModelFamily}, which
 * hands out its {@link dev.cadenza.trainer.family.Preset presets} and opens its {@link
 * dev.cadenza.trainer.family.ModelData data}, and registers itself with {@link
 * dev.cadenza.trainer.checkpoint.CheckpointKind}; no command names a kind.
 */
@NullMarked
package dev.cadenza.trainer.family;

import org.jspecify.annotations.NullMarked;
