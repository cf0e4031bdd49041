/**
 * The performer: a network that says how likely each next note is, its training and its likelihood.
 *
 * <p>Most users need only {@link dev.cadenza.trainer.performer.PerformerPreset}. The network is
 * {@link dev.cadenza.trainer.performer.PerformerInput}, a fused LSTM and
 * {@link dev.cadenza.trainer.performer.PerformerHeads}; {@link dev.cadenza.trainer.performer.PerformerColumns} lays out
 * what goes in.
 */
@NullMarked
package dev.cadenza.trainer.performer;

import org.jspecify.annotations.NullMarked;
