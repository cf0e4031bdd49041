package dev.cadenza.trainer.study.experiment;

import dev.cadenza.trainer.study.report.CsvRows;
import dev.cadenza.trainer.study.report.TextRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A row of a run's {@code metrics.csv}, as far as the study reads it.
 *
 * @param scope {@code batch}, {@code validation} or {@code epoch}
 * @param trainLoss NaN when it was not measured
 * @param validationLoss NaN when it was not measured
 */
record MetricsRow(String scope, int epoch, long update, double trainLoss, double validationLoss) {
    private static final List<String> COLUMNS =
            List.of("scope", "epoch", "batch", "update", "notes", "seconds", "train", "validation");
    private static final List<String> KEYS = List.of("scope", "epoch", "batch", "update");

    /** The rows of the training's batches. */
    static List<MetricsRow> batches(Path metrics) throws IOException {
        return read(metrics, "batch");
    }

    /** The rows of the validations between the ends of epochs and at them. */
    static List<MetricsRow> validations(Path metrics) throws IOException {
        return read(metrics, "validation");
    }

    private static List<MetricsRow> read(Path metrics, String scope) throws IOException {
        return CsvRows.read(metrics, COLUMNS, KEYS).stream()
                .filter(row -> row.text("scope").equals(scope))
                .map(MetricsRow::of)
                .toList();
    }

    private static MetricsRow of(TextRow row) {
        return new MetricsRow(
                row.text("scope"),
                Math.toIntExact(row.whole("epoch")),
                row.whole("update"),
                row.number("train"),
                row.number("validation"));
    }
}
