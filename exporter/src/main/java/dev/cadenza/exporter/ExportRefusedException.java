package dev.cadenza.exporter;

/** A checkpoint that must not be published; the message says what is wrong and where. */
public final class ExportRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    ExportRefusedException(String message) {
        super(message);
    }
}
