/**
 * Checkpoints: a zip that DL4J's {@code ModelSerializer} opens as any other, with further entries.
 *
 * <p>DL4J's reader is not used: it deserializes Java objects and makes classes of any name. A checkpoint is read by an
 * allow-list of entries, sizes and names of classes; the names on disk are stable, also when a class is moved.
 *
 * <p>Most users need only {@link dev.cadenza.trainer.checkpoint.Checkpoint#read}. Entries of our own: {@code
 * cadenza.json} (kind, encoding, provenance, metrics), {@code training.json} (where training stands, for resuming) and
 * {@code parity.bin} (real validation rows that an export is proved on; never published).
 */
@NullMarked
package dev.cadenza.trainer.checkpoint;

import org.jspecify.annotations.NullMarked;
