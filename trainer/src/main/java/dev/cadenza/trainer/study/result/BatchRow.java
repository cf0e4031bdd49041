package dev.cadenza.trainer.study.result;

import dev.cadenza.trainer.study.report.Columns;
import dev.cadenza.trainer.study.report.TextRow;

/** The training loss of some batches, with dropout: their mean, and the update of the last. */
public record BatchRow(long update, double trainMse) {
    /** As in the cell and in the report. */
    public static final Columns<BatchRow> COLUMNS = Columns.of(BatchRow.class)
            .whole("update", BatchRow::update)
            .number("train_mse", "%.6f", BatchRow::trainMse);

    /** Reads a row of {@link #COLUMNS}. */
    public static BatchRow of(TextRow row) {
        return new BatchRow(row.whole("update"), row.number("train_mse"));
    }
}
