package dev.cadenza.onnx.device;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that are in ONNX Runtime now. It frees its memory when the process exits, even under a thread that still uses
 * it.
 */
public final class NativeCalls {
    private static final AtomicInteger RUNNING = new AtomicInteger();

    private NativeCalls() {}

    /** Whether any thread builds a session or runs one: then the process must be halted instead of left. */
    public static boolean isAny() {
        return RUNNING.get() > 0;
    }

    public static void begin() {
        RUNNING.incrementAndGet();
    }

    public static void end() {
        RUNNING.decrementAndGet();
    }
}
