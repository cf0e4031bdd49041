package dev.cadenza.trainer.study.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Rows of numbers that a run wrote down; a resumed run may have written some again. */
public final class CsvRows {
    /** Commas, lines that end in a line feed, quotes only where they are needed. */
    public static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private CsvRows() {}

    /**
     * Reads a file. A row of another width, cut off by a crash, is left out.
     *
     * @param columns names of the file's columns, whether it has a header or not
     * @param keys names of the columns that identify a row: of several alike the last counts
     */
    public static List<TextRow> read(Path file, List<String> columns, List<String> keys) throws IOException {
        Map<List<String>, TextRow> rows = new LinkedHashMap<>();
        if (Files.exists(file)) {
            try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, FORMAT)) {
                for (CSVRecord cells : parser) {
                    if (cells.size() == columns.size()) {
                        TextRow row = TextRow.of(columns, cells.toList());
                        rows.put(keys.stream().map(row::text).toList(), row);
                    }
                }
            }
        }
        return new ArrayList<>(rows.values());
    }
}
