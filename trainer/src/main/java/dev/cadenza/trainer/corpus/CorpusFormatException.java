package dev.cadenza.trainer.corpus;

/** A corpus that cannot be used: what is wrong and where. */
public final class CorpusFormatException extends Exception {
    public CorpusFormatException(String message) {
        super(message);
    }

    public CorpusFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
