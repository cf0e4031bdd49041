package dev.cadenza.trainer.study.result;

import dev.cadenza.trainer.study.Cell;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A training of the paper preset by one rule at one learning rate.
 *
 * @param notes that it was trained on
 * @param mse after the last update; null, as the other figures, when it diverged
 * @param bestMse the lowest on the way
 * @param curveUpdates of the validations on the way
 * @param diverged how; null when it did not
 */
public record OptimiserResult(
        String rule,
        double rate,
        long seed,
        long notes,
        int updates,
        @Nullable Double mse,
        @Nullable Double snrDb,
        @Nullable Double bestMse,
        @Nullable Integer threads,
        @Nullable Double seconds,
        List<Long> curveUpdates,
        List<Double> curveMse,
        @Nullable String diverged) {
    public OptimiserResult {
        curveUpdates = curveUpdates == null ? List.of() : List.copyOf(curveUpdates);
        curveMse = curveMse == null ? List.of() : List.copyOf(curveMse);
    }

    /** Its place. */
    public static Cell<OptimiserResult> cell(OptimiserRule rule, double rate, long seed) {
        return new Cell<>(
                String.format(Locale.ROOT, "optimisers/%s-%.0e-%d", rule.id(), rate, seed), OptimiserResult.class);
    }

    /** Its validations. */
    public List<CurvePoint> curve() {
        return CurvePoint.of(curveUpdates, curveMse);
    }
}
