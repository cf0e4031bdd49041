package dev.cadenza.trainer.performer;

/**
 * One parameter of a layer: a row-major matrix [rows, columns].
 *
 * @param name DL4J's key
 * @param deviation of its normally distributed initial values; 0 starts at zero
 */
record ParamShape(String name, int rows, int columns, double deviation) {
    /** A weight with the deviation sqrt(1 / rows), which keeps the variance of what goes through. */
    static ParamShape weight(String name, int rows, int columns) {
        return new ParamShape(name, rows, columns, Math.sqrt(1.0 / rows));
    }

    static ParamShape zeros(String name, int rows, int columns) {
        return new ParamShape(name, rows, columns, 0);
    }

    static ParamShape bias(String name, int columns) {
        return new ParamShape(name, 1, columns, 0);
    }

    long length() {
        return (long) rows * columns;
    }

    boolean isBias() {
        return rows == 1;
    }
}
