package dev.cadenza.trainer.study.result;

import java.util.List;

/**
 * A training of a preset of performances.
 *
 * @param name what is peculiar to it
 * @param validation the lowest validation loss: MSE in windows, or nats per note
 * @param notesSeen in all passes
 * @param curveUpdates of the validations on the way
 */
public record PresetResult(
        String preset,
        String name,
        long seed,
        int trainPieces,
        long trainNotes,
        double validation,
        long updates,
        long notesSeen,
        double seconds,
        int threads,
        long parameters,
        List<Long> curveUpdates,
        List<Integer> curveEpochs,
        List<Double> curveLoss) {
    public PresetResult {
        curveUpdates = curveUpdates == null ? List.of() : List.copyOf(curveUpdates);
        curveEpochs = curveEpochs == null ? List.of() : List.copyOf(curveEpochs);
        curveLoss = curveLoss == null ? List.of() : List.copyOf(curveLoss);
    }

    /** Its validations. */
    public List<CurvePoint> curve() {
        return CurvePoint.of(curveUpdates, curveLoss);
    }
}
