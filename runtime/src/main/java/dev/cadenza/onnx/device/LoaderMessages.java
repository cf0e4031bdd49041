package dev.cadenza.onnx.device;

import java.io.IOException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What ONNX Runtime's loader logs while it works: why a library could not be unpacked stands nowhere else, and would be
 * printed with a stack trace.
 */
final class LoaderMessages extends Handler implements AutoCloseable {
    private final Logger logger;
    private final boolean usedParents;
    private @Nullable IOException unpacking;

    private LoaderMessages(Logger logger) {
        this.logger = logger;
        this.usedParents = logger.getUseParentHandlers();
    }

    static LoaderMessages collect() {
        LoaderMessages messages = new LoaderMessages(Logger.getLogger("ai.onnxruntime.OnnxRuntime"));
        messages.logger.addHandler(messages);
        messages.logger.setUseParentHandlers(false);
        return messages;
    }

    /** Why a library could not be unpacked, if it was tried. */
    @Nullable
    IOException unpacking() {
        return unpacking;
    }

    @Override
    public void publish(LogRecord message) {
        if (message.getThrown() instanceof IOException problem) {
            unpacking = problem;
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.setUseParentHandlers(usedParents);
        logger.removeHandler(this);
    }
}
