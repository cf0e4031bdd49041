package dev.cadenza.trainer.checkpoint;

/**
 * Real validation sequences that an export is proved on.
 *
 * @param values scaled rows [batch, steps, columns], row-major
 */
public record ParityRows(int batch, int steps, int columns, float[] values) {
    public ParityRows {
        boolean counts = batch >= 0 && steps >= 0 && columns >= 0;
        if (!counts || values.length != Math.multiplyExact(Math.multiplyExact((long) batch, steps), columns)) {
            throw new IllegalArgumentException("values (" + values.length + ") must be batch x steps x columns ("
                    + batch + " x " + steps + " x " + columns + ")");
        }
    }
}
