package dev.cadenza.server.command;

/** The command cannot do its work; the message is for the one who typed it. */
final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    StartException(String message) {
        super(message);
    }

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
