package dev.cadenza.exporter.graph;

import java.util.Arrays;

/**
 * Numbers in rows.
 *
 * @param values {@code [rows, columns]}, row-major
 */
@SuppressWarnings("ArrayRecordComponent") // Megabytes on their way into a file, never compared.
public record Matrix(int rows, int columns, float[] values) {
    public Matrix {
        if (values.length != rows * columns) {
            throw new IllegalArgumentException(
                    "values (" + values.length + ") must be " + rows + " rows of " + columns);
        }
    }

    /** A part: the columns from {@code from} up to {@code to}, exclusive. */
    public Matrix columns(int from, int to) {
        float[] part = new float[rows * (to - from)];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, row * columns + from, part, row * (to - from), to - from);
        }
        return new Matrix(rows, to - from, part);
    }

    /** The same rows in another order: row {@code i} is what row {@code from[i]} was. */
    public Matrix inOrder(int[] from) {
        float[] moved = new float[values.length];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, from[row] * columns, moved, row * columns, columns);
        }
        return new Matrix(rows, columns, moved);
    }

    /** The rows of all, one matrix after the other. */
    public static Matrix stacked(Matrix... parts) {
        int rows = 0;
        for (Matrix part : parts) {
            rows += part.rows;
        }
        int columns = parts[0].columns;
        float[] all = new float[rows * columns];
        int at = 0;
        for (Matrix part : parts) {
            System.arraycopy(part.values, 0, all, at, part.values.length);
            at += part.values.length;
        }
        return new Matrix(rows, columns, all);
    }

    /** The rows of both, one's columns before the other's. */
    public Matrix appendColumns(Matrix other) {
        int width = columns + other.columns;
        float[] all = new float[rows * width];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, row * columns, all, row * width, columns);
            System.arraycopy(other.values, row * other.columns, all, row * width + columns, other.columns);
        }
        return new Matrix(rows, width, all);
    }

    /** The same but for the first row, which is 0. */
    public Matrix withoutFirst() {
        float[] less = values.clone();
        Arrays.fill(less, 0, columns, 0);
        return new Matrix(rows, columns, less);
    }

    /** The rows in groups of so many, each group with a row of zeros behind it. */
    public Matrix withGaps(int group) {
        int groups = rows / group;
        float[] apart = new float[(rows + groups) * columns];
        for (int i = 0; i < groups; i++) {
            System.arraycopy(values, i * group * columns, apart, i * (group + 1) * columns, group * columns);
        }
        return new Matrix(rows + groups, columns, apart);
    }

    /** This matrix within wider rows of zeros, from a column on. */
    public Matrix within(int width, int from) {
        float[] wide = new float[rows * width];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, row * columns, wide, row * width + from, columns);
        }
        return new Matrix(rows, width, wide);
    }
}
