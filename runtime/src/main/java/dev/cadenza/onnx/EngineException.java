package dev.cadenza.onnx;

import ai.onnxruntime.OrtException;

/** ONNX Runtime failed where it had worked before, or cannot be used at all. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    EngineException(String what, OrtException cause) {
        super(what + ": " + cause.getMessage(), cause);
    }

    EngineException(NativeLibraryException cause) {
        super(cause.explanation(), cause);
    }
}
