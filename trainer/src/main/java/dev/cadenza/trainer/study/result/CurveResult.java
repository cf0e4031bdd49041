package dev.cadenza.trainer.study.result;

import dev.cadenza.trainer.study.Cell;
import dev.cadenza.trainer.study.report.TextTable;
import java.util.List;

/**
 * The paper preset over its epochs.
 *
 * @param pieces that it was trained on
 * @param notes of them
 * @param seconds of training and measuring
 * @param curve of {@link EpochRow}
 * @param weights of {@link WeightRow}
 * @param steps of {@link StepRow}
 * @param batches of {@link BatchRow}
 */
public record CurveResult(
        int pieces,
        long notes,
        int validationPieces,
        long validationNotes,
        int epochs,
        double seconds,
        int threads,
        long updates,
        long parameters,
        TextTable curve,
        TextTable weights,
        TextTable steps,
        double measuringSeconds,
        TextTable batches) {
    private static final int HOUR = 3600;

    /** Its place. */
    public static final Cell<CurveResult> CELL = new Cell<>("paper/curve", CurveResult.class);

    /** Hours of training without what was measured on the way. */
    public double trainingHours() {
        return (seconds - measuringSeconds) / HOUR;
    }

    /** By epoch. */
    public List<EpochRow> epochRows() {
        return curve.rows(EpochRow::of);
    }

    /** Between the ends of epochs. */
    public List<StepRow> stepRows() {
        return steps.rows(StepRow::of);
    }

    /** By epoch and parameter. */
    public List<WeightRow> weightRows() {
        return weights.rows(WeightRow::of);
    }

    /** By some batches each. */
    public List<BatchRow> batchRows() {
        return batches.rows(BatchRow::of);
    }
}
