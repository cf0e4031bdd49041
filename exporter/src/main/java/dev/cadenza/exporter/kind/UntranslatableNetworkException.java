package dev.cadenza.exporter.kind;

/** A network with something in it that has no translation; the message names it and where it is. */
public final class UntranslatableNetworkException extends Exception {
    private static final long serialVersionUID = 1;

    public UntranslatableNetworkException(String message) {
        super(message);
    }
}
