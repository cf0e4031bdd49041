package dev.cadenza.onnx.device;

/** What a user asks for. */
public enum DeviceChoice {
    /** CUDA where it works, otherwise the CPU. */
    AUTO,
    CPU,
    /** CUDA or nothing. */
    CUDA
}
