package dev.cadenza.onnx.device;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Looks for what CUDA needs before ONNX Runtime is asked for it: without a driver it would unpack half a gigabyte of
 * libraries first and fail then. That the probe finds nothing wrong does not mean that CUDA works; a run decides.
 */
public final class CudaProbe {
    private static final List<Path> DRIVERS = List.of(
            Path.of("/proc/driver/nvidia/version"),
            Path.of("/dev/nvidiactl"),
            Path.of("/dev/dxg"),
            Path.of("C:\\Windows\\System32\\nvcuda.dll"));

    private CudaProbe() {}

    /** Why CUDA cannot work here, if that can be seen from outside. */
    public static Optional<String> obstacle() {
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            return Optional.of("this build has ONNX Runtime for the CPU alone (build with -Pcuda)");
        }
        if (DRIVERS.stream().noneMatch(Files::exists)) {
            return Optional.of("no NVIDIA driver found");
        }
        return Optional.empty();
    }
}
