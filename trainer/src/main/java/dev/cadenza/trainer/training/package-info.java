/**
 * Training whatever the kind: {@link dev.cadenza.trainer.training.TrainingLoop} runs a {@link
 * dev.cadenza.trainer.training.TrainingTask} into a {@link dev.cadenza.trainer.training.RunFolder}, with validation,
 * checkpoints, limits and resuming.
 *
 * <p>{@code metrics.csv} and TensorBoard's event files are written on the way. An event file is a row of TFRecords:
 * length (8 bytes, little-endian), masked CRC-32C of the length, an {@code Event} protocol buffer, masked CRC-32C of
 * it. The messages are encoded without protobuf, field numbers as in TensorFlow's {@code event.proto}, {@code
 * summary.proto} and {@code histogram.proto}.
 */
@NullMarked
package dev.cadenza.trainer.training;

import org.jspecify.annotations.NullMarked;
