package dev.cadenza.trainer.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of numbers that a run wrote down; a resumed run may have written some again. */
final class CsvRows {
    private CsvRows() {}

    /**
     * Reads a file without quotes. A row of another width, cut off by a crash, is left out.
     *
     * @param keys columns that tell rows apart: of several alike the last counts
     * @param width columns of a row
     */
    static List<List<String>> read(Path file, int keys, int width) throws IOException {
        Map<List<String>, List<String>> rows = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                List<String> cells = List.of(line.split(",", -1));
                if (cells.size() == width) {
                    rows.put(cells.subList(0, keys), cells);
                }
            }
        }
        return new ArrayList<>(rows.values());
    }

    /** A column as numbers; an empty cell is NaN. */
    static double[] column(List<List<String>> rows, int column) {
        return rows.stream()
                .mapToDouble(row -> row.get(column).isEmpty() ? Double.NaN : Double.parseDouble(row.get(column)))
                .toArray();
    }
}
