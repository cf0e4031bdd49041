package dev.cadenza.trainer.study.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A table as it is kept in a JSON file: text, one row after the other.
 *
 * @param header names of the columns
 * @param cells of all rows; absent in the file when there is none
 */
public record TextTable(List<String> header, List<String> cells) {
    public TextTable {
        header = header == null ? List.of() : List.copyOf(header);
        cells = cells == null ? List.of() : List.copyOf(cells);
    }

    /** Rows as text. */
    public static <R> TextTable of(Columns<R> columns, List<R> rows) {
        return new TextTable(
                columns.header(),
                rows.stream().flatMap(row -> columns.cells(row).stream()).toList());
    }

    /** Rows as what they were made of. A row that is not whole is left out. */
    public <R> List<R> rows(Function<TextRow, R> reading) {
        List<R> rows = new ArrayList<>();
        int width = header.size();
        for (int from = 0; width > 0 && from + width <= cells.size(); from += width) {
            rows.add(reading.apply(TextRow.of(header, cells.subList(from, from + width))));
        }
        return rows;
    }
}
