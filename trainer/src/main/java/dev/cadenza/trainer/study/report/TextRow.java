package dev.cadenza.trainer.study.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of text.
 *
 * @param cells by the names of their columns, in order
 */
public record TextRow(Map<String, String> cells) {
    public TextRow {
        cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
    }

    /** A row whose cells stand as the names do. */
    static TextRow of(List<String> columns, List<String> cells) {
        if (columns.size() != cells.size()) {
            throw new IllegalArgumentException(
                    "cells (" + cells.size() + ") must be as many as columns (" + columns.size() + ")");
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int at = 0; at < cells.size(); at++) {
            row.put(columns.get(at), cells.get(at));
        }
        return new TextRow(row);
    }

    /**
     * A cell.
     *
     * @throws IllegalArgumentException when there is no such column
     */
    public String text(String column) {
        String cell = cells.get(column);
        if (cell == null) {
            throw new IllegalArgumentException("column (" + column + ") must be one of " + cells.keySet());
        }
        return cell;
    }

    /** A cell as a number; NaN when it is empty. */
    public double number(String column) {
        String cell = text(column);
        return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    }

    /** A cell as a whole number. */
    public long whole(String column) {
        return Long.parseLong(text(column));
    }
}
