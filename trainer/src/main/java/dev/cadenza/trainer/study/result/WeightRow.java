package dev.cadenza.trainer.study.result;

import dev.cadenza.trainer.study.report.Columns;
import dev.cadenza.trainer.study.report.TextRow;

/** How the values of one parameter of a network are distributed after an update: mean, deviation and percentiles. */
public record WeightRow(
        long update,
        String parameter,
        double mean,
        double deviation,
        double p01,
        double p25,
        double median,
        double p75,
        double p99) {
    /** As in a run's {@code weights.csv}, in the cell and in the report. */
    public static final Columns<WeightRow> COLUMNS = Columns.of(WeightRow.class)
            .whole("update", WeightRow::update)
            .text("parameter", WeightRow::parameter)
            .number("mean", "%.5f", WeightRow::mean)
            .number("deviation", "%.5f", WeightRow::deviation)
            .number("p01", "%.5f", WeightRow::p01)
            .number("p25", "%.5f", WeightRow::p25)
            .number("median", "%.5f", WeightRow::median)
            .number("p75", "%.5f", WeightRow::p75)
            .number("p99", "%.5f", WeightRow::p99);

    /** Reads a row of {@link #COLUMNS}. */
    public static WeightRow of(TextRow row) {
        return new WeightRow(
                row.whole("update"),
                row.text("parameter"),
                row.number("mean"),
                row.number("deviation"),
                row.number("p01"),
                row.number("p25"),
                row.number("median"),
                row.number("p75"),
                row.number("p99"));
    }
}
