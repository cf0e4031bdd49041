package dev.cadenza.trainer.fetch;

import java.io.IOException;
import java.time.Duration;

/** One attempt failed in a way that may pass; the next one should wait at least {@code pause}. */
final class TryAgainException extends IOException {
    private final transient Duration pause;

    TryAgainException(String message, Duration pause) {
        super(message);
        this.pause = pause;
    }

    Duration pause() {
        return pause;
    }
}
