package dev.cadenza.trainer.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * {@code metrics.csv}: a row a batch, a validation and an epoch.
 *
 * <p>Columns: {@code scope} ({@code batch}, {@code validation}: a fixed sample, {@code epoch}: the train mean of the
 * epoch and the whole validation split), {@code epoch} and {@code batch} (from 1), {@code update}, {@code notes} seen,
 * {@code seconds} of training, {@code train_<loss>}, {@code validation_<loss>} (empty when not measured).
 */
public final class MetricsFile implements AutoCloseable {
    /**
     * A row.
     *
     * @param trainLoss NaN when it was not measured
     * @param validationLoss NaN when it was not measured
     */
    public record Row(
            String scope,
            int epoch,
            int batch,
            long update,
            long notes,
            double seconds,
            double trainLoss,
            double validationLoss) {
        private static Row of(CSVRecord cells) {
            return new Row(
                    cells.get(0),
                    Integer.parseInt(cells.get(1)),
                    Integer.parseInt(cells.get(2)),
                    Long.parseLong(cells.get(3)),
                    Long.parseLong(cells.get(4)),
                    Double.parseDouble(cells.get(5)),
                    number(cells.get(6)),
                    number(cells.get(7)));
        }

        private static double number(String cell) {
            return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
        }
    }

    private static final int COLUMNS = 8;

    private static final CSVFormat CSV =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();
    private static final String HEADER = "scope,epoch,batch,update,notes,seconds,train_%s,validation_%s";
    private static final int UPDATE_COLUMN = 3;

    private final CSVPrinter out;

    private MetricsFile(CSVPrinter out) {
        this.out = out;
    }

    /**
     * Opens the file to go on after an update; later rows, which a resumed run writes again, are dropped.
     *
     * @param loss what the losses are, for the header: {@code mse}, {@code nats}
     * @param afterUpdate 0 begins a new file
     */
    public static MetricsFile open(Path path, String loss, long afterUpdate) throws IOException {
        List<CSVRecord> kept = new ArrayList<>();
        if (afterUpdate > 0 && Files.exists(path)) {
            for (CSVRecord cells : records(path)) {
                if (cells.size() > UPDATE_COLUMN
                        && cells.get(UPDATE_COLUMN).matches("\\d{1,18}")
                        && Long.parseLong(cells.get(UPDATE_COLUMN)) <= afterUpdate) {
                    kept.add(cells);
                }
            }
        }
        CSVPrinter out = new CSVPrinter(Files.newBufferedWriter(path), CSV);
        out.printRecord((Object[]) HEADER.formatted(loss, loss).split(",", -1));
        out.printRecords(kept);
        return new MetricsFile(out);
    }

    /**
     * The rows of one scope, without those that a crash cut off.
     *
     * @return nothing when there is no such file
     */
    public static List<Row> read(Path path, String scope) throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        return records(path).stream()
                .filter(cells -> cells.size() == COLUMNS && cells.get(0).equals(scope))
                .map(Row::of)
                .toList();
    }

    private static List<CSVRecord> records(Path path) throws IOException {
        try (CSVParser parser = CSVParser.parse(path, StandardCharsets.UTF_8, CSV)) {
            return parser.getRecords();
        }
    }

    /** Appends one row; a NaN is an empty cell. */
    public void row(
            String scope,
            int epoch,
            int batch,
            long update,
            long notes,
            double seconds,
            double trainLoss,
            double validationLoss)
            throws IOException {
        out.printRecord(
                scope,
                epoch,
                batch,
                update,
                notes,
                String.format(Locale.ROOT, "%.1f", seconds),
                cell(trainLoss),
                cell(validationLoss));
    }

    private static String cell(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.8f", value);
    }

    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
