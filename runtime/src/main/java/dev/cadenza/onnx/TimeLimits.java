package dev.cadenza.onnx;

import dev.cadenza.engine.StepEngine;
import java.time.Duration;

/**
 * How long a version may take before it counts as broken.
 *
 * @param load from its bytes to warm
 * @param run one run while it plays
 */
public record TimeLimits(Duration load, Duration run) {
    /** A minute to load, which takes a second; {@link StepEngine#LONGEST_RUN} for a run. */
    public static final TimeLimits STANDARD = new TimeLimits(Duration.ofSeconds(60), StepEngine.LONGEST_RUN);

    public TimeLimits {
        if (load.isNegative() || load.isZero() || run.isNegative() || run.isZero()) {
            throw new IllegalArgumentException("load (" + load + ") and run (" + run + ") must be positive");
        }
    }
}
