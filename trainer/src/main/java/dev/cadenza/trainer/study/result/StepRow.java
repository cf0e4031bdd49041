package dev.cadenza.trainer.study.result;

import dev.cadenza.trainer.study.report.Columns;
import dev.cadenza.trainer.study.report.TextRow;

/** The paper preset between the ends of epochs, on as many windows of both splits as a batch has. */
public record StepRow(
        long update,
        double trainMse,
        double trainAccuracy,
        double validationMse,
        double validationAccuracy,
        double measuringSeconds) {
    /** As in a run's {@code steps.csv}, in the cell and in the report. */
    public static final Columns<StepRow> COLUMNS = Columns.of(StepRow.class)
            .whole("update", StepRow::update)
            .number("train_mse", "%.6f", StepRow::trainMse)
            .number("train_accuracy", "%.5f", StepRow::trainAccuracy)
            .number("validation_mse", "%.6f", StepRow::validationMse)
            .number("validation_accuracy", "%.5f", StepRow::validationAccuracy)
            .number("measuring_seconds", "%.3f", StepRow::measuringSeconds);

    /** Reads a row of {@link #COLUMNS}. */
    public static StepRow of(TextRow row) {
        return new StepRow(
                row.whole("update"),
                row.number("train_mse"),
                row.number("train_accuracy"),
                row.number("validation_mse"),
                row.number("validation_accuracy"),
                row.number("measuring_seconds"));
    }
}
