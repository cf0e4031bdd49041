package dev.cadenza.trainer.study.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of numbers that a run wrote down; a resumed run may have written some again. */
public final class CsvRows {
    private CsvRows() {}

    /**
     * Reads a file without quotes. A row of another width, cut off by a crash, is left out.
     *
     * @param columns names of the file's columns, whether it has a header or not
     * @param keys names of the columns that tell rows apart: of several alike the last counts
     */
    public static List<TextRow> read(Path file, List<String> columns, List<String> keys) throws IOException {
        Map<List<String>, TextRow> rows = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                List<String> cells = List.of(line.split(",", -1));
                if (cells.size() == columns.size()) {
                    TextRow row = TextRow.of(columns, cells);
                    rows.put(keys.stream().map(row::text).toList(), row);
                }
            }
        }
        return new ArrayList<>(rows.values());
    }
}
