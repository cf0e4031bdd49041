package dev.cadenza.exporter.kind;

/** A checkpoint that must not be published; the message says what is wrong and where. */
public final class ExportRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    public ExportRefusedException(String message) {
        super(message);
    }
}
