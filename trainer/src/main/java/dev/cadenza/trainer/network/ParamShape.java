package dev.cadenza.trainer.network;

/**
 * One parameter of a layer: a row-major matrix [rows, columns].
 *
 * @param name DL4J's key
 * @param deviation of its normally distributed initial values; 0 starts at zero
 */
public record ParamShape(String name, int rows, int columns, double deviation) {
    public ParamShape {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "parameter " + name + " (" + rows + " x " + columns + ") must have rows and columns");
        }
    }

    /** A weight with the deviation sqrt(1 / rows), which keeps the variance of what goes through. */
    public static ParamShape weight(String name, int rows, int columns) {
        return new ParamShape(name, rows, columns, Math.sqrt(1.0 / rows));
    }

    public static ParamShape zeros(String name, int rows, int columns) {
        return new ParamShape(name, rows, columns, 0);
    }

    public static ParamShape bias(String name, int columns) {
        return new ParamShape(name, 1, columns, 0);
    }

    public long length() {
        return (long) rows * columns;
    }

    public boolean isBias() {
        return rows == 1;
    }
}
