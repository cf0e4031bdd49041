package dev.cadenza.onnx;

/** A graph that ONNX Runtime does not take, or whose tensors are not what they must be. */
public final class GraphRejectedException extends Exception {
    private static final long serialVersionUID = 1;

    GraphRejectedException(String message) {
        super(message);
    }

    GraphRejectedException(String message, Throwable cause) {
        super(message, cause);
    }
}
