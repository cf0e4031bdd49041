/**
 * Checkpoints: a zip that DL4J's {@code ModelSerializer} opens as any other, with entries of our own beside DL4J's.
 *
 * <p>Most users need only {@link dev.cadenza.trainer.checkpoint.Checkpoint#read}. Entries of our own: {@code
 * cadenza.json} (kind, encoding, provenance, metrics), {@code training.json} (where training stands, for resuming) and
 * {@code parity.bin} (real validation rows that an export is proved on; never published).
 */
@NullMarked
package dev.cadenza.trainer.checkpoint;

import org.jspecify.annotations.NullMarked;
