package dev.cadenza.server.serving;

/** There is nothing to serve; the message says why, in as many lines as it takes. */
public final class NoModelException extends Exception {
    private static final long serialVersionUID = 1L;

    public NoModelException(String message) {
        super(message);
    }
}
