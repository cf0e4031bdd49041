package dev.cadenza.onnx.device;

import org.jspecify.annotations.Nullable;

/** No device can be used, or not the one that was insisted on; the message says why in one line. */
public sealed class DeviceUnavailableException extends Exception permits NativeLibraryException {
    private static final long serialVersionUID = 1;

    public DeviceUnavailableException(String message) {
        super(message);
    }

    public DeviceUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
