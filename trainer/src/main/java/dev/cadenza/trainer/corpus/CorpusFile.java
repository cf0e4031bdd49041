package dev.cadenza.trainer.corpus;

/**
 * One MIDI file of a corpus.
 *
 * @param path inside the corpus, with forward slashes
 * @param sha256 of its content, hexadecimal
 */
public record CorpusFile(String path, Split split, String sha256) {}
