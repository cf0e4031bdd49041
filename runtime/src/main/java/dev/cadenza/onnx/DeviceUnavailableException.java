package dev.cadenza.onnx;

/** The device that was insisted on cannot be used; the message says why in one line. */
public final class DeviceUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    DeviceUnavailableException(String message) {
        super(message);
    }
}
