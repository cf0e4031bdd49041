package dev.cadenza.engine;

import java.time.Duration;

/** A run of a model did not come back in time. All its tasks fail with this; the model is not used again. */
public final class RunOverdueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RunOverdueException(String name, Duration limit) {
        super("a run of " + name + " took longer than " + limit.toMillis() / 1e3 + " s");
    }
}
