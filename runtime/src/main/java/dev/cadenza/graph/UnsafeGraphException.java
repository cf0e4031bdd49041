package dev.cadenza.graph;

/** A graph that must not be given to an engine; the message says which node and why. */
public final class UnsafeGraphException extends Exception {
    private static final long serialVersionUID = 1;

    UnsafeGraphException(String message) {
        super(message);
    }
}
