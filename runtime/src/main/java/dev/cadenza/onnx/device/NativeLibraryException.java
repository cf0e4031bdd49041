package dev.cadenza.onnx.device;

import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime's native library cannot be loaded: in this process no model will ever run. The message says why and names
 * no path; {@link #explanation} adds what can be done, for the one who starts the process.
 */
public final class NativeLibraryException extends DeviceUnavailableException {
    private static final long serialVersionUID = 1;

    static final String WHAT = "ONNX Runtime's native library cannot be loaded: ";

    private final String remedy;

    /**
     * @param why what is wrong, without a path
     * @param remedy what to do about it; may hold paths
     */
    NativeLibraryException(String why, String remedy, @Nullable Throwable cause) {
        super(WHAT + why, cause);
        this.remedy = remedy;
    }

    /** Cause and remedy in one line; may hold paths of this machine. */
    public String explanation() {
        return getMessage() + ". " + remedy;
    }
}
