package dev.cadenza.trainer.training;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code metrics.csv}: a row a batch, a validation and an epoch.
 *
 * <p>Columns: {@code scope} ({@code batch}, {@code validation}: a fixed sample, {@code epoch}: the train mean of the
 * epoch and the whole validation split), {@code epoch} and {@code batch} (from 1), {@code update}, {@code notes} seen,
 * {@code seconds} of training, {@code train_<loss>}, {@code validation_<loss>} (empty when not measured).
 */
public final class MetricsFile implements AutoCloseable {
    /** Columns of a row. */
    public static final int COLUMNS = 8;

    private static final String HEADER = "scope,epoch,batch,update,notes,seconds,train_%s,validation_%s";
    private static final int UPDATE_COLUMN = 3;

    private final BufferedWriter out;

    private MetricsFile(BufferedWriter out) {
        this.out = out;
    }

    /**
     * Opens the file to go on after an update; later rows, which a resumed run writes again, are dropped.
     *
     * @param loss what the losses are, for the header: {@code mse}, {@code nats}
     * @param afterUpdate 0 begins a new file
     */
    public static MetricsFile open(Path path, String loss, long afterUpdate) throws IOException {
        List<String> kept = new ArrayList<>();
        kept.add(HEADER.formatted(loss, loss));
        if (afterUpdate > 0 && Files.exists(path)) {
            for (String line : Files.readAllLines(path)) {
                String[] cells = line.split(",", -1);
                if (cells.length > UPDATE_COLUMN
                        && cells[UPDATE_COLUMN].matches("\\d{1,18}")
                        && Long.parseLong(cells[UPDATE_COLUMN]) <= afterUpdate) {
                    kept.add(line);
                }
            }
        }
        Files.write(path, kept);
        return new MetricsFile(Files.newBufferedWriter(path, StandardOpenOption.APPEND));
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
        out.write(String.format(
                Locale.ROOT,
                "%s,%d,%d,%d,%d,%.1f,%s,%s%n",
                scope,
                epoch,
                batch,
                update,
                notes,
                seconds,
                cell(trainLoss),
                cell(validationLoss)));
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
