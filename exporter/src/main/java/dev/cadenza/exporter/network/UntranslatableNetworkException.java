package dev.cadenza.exporter.network;

/** A network with something in it that has no translation; the message names it and where it is. */
public final class UntranslatableNetworkException extends Exception {
    private static final long serialVersionUID = 1;

    UntranslatableNetworkException(String message) {
        super(message);
    }
}
