/**
 * Piano-roll models: a single LSTM, TP-LSTM-NADE and BALSTM (Johnson, "Generating polyphonic music using tied parallel
 * networks", 2017), re-implemented, with the likelihood by which they are compared.
 *
 * <p>A step's likelihood is the sum over the 88 keys of ln Bernoulli, in nats. The single LSTM takes the keys of a step as
 * independent given all earlier steps; the other two condition each key on the lower keys of its step as well.
 *
 * <p>TP-LSTM-NADE and BALSTM share a <em>time axis</em>: an LSTM whose weights are the same for all 88 keys, so that a
 * sequence is 88 rows of a batch, {@link dev.cadenza.trainer.roll.KeyFeatures} their input. What turns its output into a
 * step's notes is a head: {@link dev.cadenza.trainer.roll.head.NadeHead} or {@link dev.cadenza.trainer.roll.head.NoteAxisHead}.
 *
 * <p>{@link dev.cadenza.trainer.roll.RollPreset} is a model, {@link dev.cadenza.trainer.roll.RollCorpus} its data, {@link
 * dev.cadenza.trainer.roll.RollLikelihood} the measure, {@link dev.cadenza.trainer.roll.RollBaselines} what it has to
 * beat.
 */
@NullMarked
package dev.cadenza.trainer.roll;

import org.jspecify.annotations.NullMarked;
