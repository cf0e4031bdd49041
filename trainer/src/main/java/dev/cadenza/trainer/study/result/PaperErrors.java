package dev.cadenza.trainer.study.result;

import dev.cadenza.trainer.study.Cell;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Errors of the paper preset and of predictors that learn nothing, on one split.
 *
 * @param scaling the reading of "scaled to 0..1" of {@link Errors#mse}, in words
 * @param scalingByLongest that of {@link Errors#mseByLongest}
 * @param rows by the predictor's name
 */
public record PaperErrors(
        String split,
        long notes,
        int window,
        String scaling,
        String scalingByLongest,
        double nllInterval,
        double nllPitch,
        double nllVelocity,
        double nllNatsPerNote,
        Map<String, Errors> rows) {
    /** The row of the model whose state is carried. */
    public static final String MODEL = "model, state carried";

    /** The row of the predictor that comes nearest to the model. */
    public static final String MEAN_OF_LAST = "mean of last 50";

    /** Its place. */
    public static final Cell<PaperErrors> CELL = new Cell<>("paper/trivial", PaperErrors.class);

    /** Of one predictor. */
    public record Errors(
            double mse,
            double snrDb,
            double mseByLongest,
            double snrDbByLongest,
            double mseInterval,
            double msePitch,
            double mseVelocity) {}

    public PaperErrors {
        rows = rows == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    }
}
