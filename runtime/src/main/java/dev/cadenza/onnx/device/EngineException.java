package dev.cadenza.onnx.device;

import ai.onnxruntime.OrtException;

/** ONNX Runtime failed where it had worked before, or cannot be used at all. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public EngineException(String what, OrtException cause) {
        super(what + ": " + cause.getMessage(), cause);
    }

    public EngineException(NativeLibraryException cause) {
        super(cause.explanation(), cause);
    }
}
