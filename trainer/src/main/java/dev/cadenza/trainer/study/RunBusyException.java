package dev.cadenza.trainer.study;

import java.io.IOException;
import java.nio.file.Path;

/** A training is at work in another process; what else there is to do can be done meanwhile. */
final class RunBusyException extends IOException {
    private static final long serialVersionUID = 1;

    RunBusyException(Path run) {
        super(run + " is at work in another process");
    }
}
