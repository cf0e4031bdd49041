package dev.cadenza.onnx;

/** What a graph runs on. */
public enum Device {
    CPU,
    CUDA
}
