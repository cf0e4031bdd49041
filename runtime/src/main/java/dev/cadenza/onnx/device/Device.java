package dev.cadenza.onnx.device;

/** What a graph runs on. */
public enum Device {
    CPU,
    CUDA
}
