/**
 * From a folder or zip of MIDI files to encoded pieces in three splits.
 *
 * <p>Most users need only {@link dev.cadenza.trainer.corpus.Corpus#open} and {@link
 * dev.cadenza.trainer.corpus.EncodedCorpus#encode}: the first lists the files with their splits, the second reads
 * them once and keeps the rows in a cache file that later runs read whole.
 *
 * <p>Splits: a corpus with MAESTRO's csv keeps the official split. Any other folder is split by the sha256 of each
 * file's content, so that a file never changes sides when others come or go: of its first eight hexadecimal digits, the
 * lowest tenth of the range is validation, the next tenth test, the rest train. When that leaves validation or test
 * empty, the training piece of the lowest hash moves there, as long as another is left to train on.
 */
@NullMarked
package dev.cadenza.trainer.corpus;

import org.jspecify.annotations.NullMarked;
