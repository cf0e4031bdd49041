/**
 * Writes what TensorBoard shows: {@link dev.cadenza.trainer.tensorboard.EventWriter} is all that a caller needs.
 *
 * <p>An event file is a row of TFRecords: length (8 bytes, little-endian), masked CRC-32C of the length, an {@code
 * Event} protocol buffer, masked CRC-32C of it. The messages are encoded by hand, field numbers as in TensorFlow's
 * {@code event.proto}, {@code summary.proto} and {@code histogram.proto}.
 */
@NullMarked
package dev.cadenza.trainer.tensorboard;

import org.jspecify.annotations.NullMarked;
