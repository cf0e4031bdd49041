package dev.cadenza.model;

import org.jspecify.annotations.Nullable;

/** A version that must not be served, with the reason in one sentence that names no path of the machine. */
public final class ModelRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final VersionId id;
    private final String reason;

    public ModelRefusedException(VersionId id, String reason) {
        super(id + " refused: " + reason);
        this.id = id;
        this.reason = reason;
    }

    public ModelRefusedException(VersionId id, String reason, @Nullable Throwable cause) {
        super(id + " refused: " + reason, cause);
        this.id = id;
        this.reason = reason;
    }

    public VersionId id() {
        return id;
    }

    /** What is wrong and where, such as {@code model.onnx: sha256 is 12.., manifest.json says 34..}. */
    public String reason() {
        return reason;
    }
}
