package dev.cadenza.trainer.study.result;

import dev.cadenza.trainer.study.report.Columns;
import dev.cadenza.trainer.study.report.TextRow;

/** The paper preset at the end of an epoch, on both splits, without dropout. */
public record EpochRow(
        long update,
        double trainMse,
        double trainAccuracy,
        double validationMse,
        double validationSnrDb,
        double validationAccuracy,
        double measuringSeconds) {
    /** As in a run's {@code curve.csv}, in the cell and in the report. */
    public static final Columns<EpochRow> COLUMNS = Columns.of(EpochRow.class)
            .whole("update", EpochRow::update)
            .number("train_mse", "%.6f", EpochRow::trainMse)
            .number("train_accuracy", "%.5f", EpochRow::trainAccuracy)
            .number("validation_mse", "%.6f", EpochRow::validationMse)
            .number("validation_snr_db", "%.3f", EpochRow::validationSnrDb)
            .number("validation_accuracy", "%.5f", EpochRow::validationAccuracy)
            .number("measuring_seconds", "%.3f", EpochRow::measuringSeconds);

    /** Reads a row of {@link #COLUMNS}. */
    public static EpochRow of(TextRow row) {
        return new EpochRow(
                row.whole("update"),
                row.number("train_mse"),
                row.number("train_accuracy"),
                row.number("validation_mse"),
                row.number("validation_snr_db"),
                row.number("validation_accuracy"),
                row.number("measuring_seconds"));
    }
}
