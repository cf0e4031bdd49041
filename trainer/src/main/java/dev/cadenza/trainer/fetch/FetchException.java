package dev.cadenza.trainer.fetch;

/** A download that could not be finished; the message is one line for the person who asked for it. */
final class FetchException extends Exception {
    FetchException(String message) {
        super(message);
    }

    FetchException(String message, Throwable cause) {
        super(message, cause);
    }
}
