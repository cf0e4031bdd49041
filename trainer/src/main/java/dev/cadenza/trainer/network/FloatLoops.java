package dev.cadenza.trainer.network;

/** Loops over arrays, one operation each: in this shape the JIT compiler vectorises them. */
public final class FloatLoops {
    private static final int TILE = 8;

    private FloatLoops() {}

    /** {@code to}, [columns, rows], becomes {@code from}, [rows, columns], transposed; both row-major. */
    public static void transpose(float[] from, int rows, int columns, float[] to) {
        for (int r0 = 0; r0 < rows; r0 += TILE) {
            int r1 = Math.min(rows, r0 + TILE);
            for (int column = 0; column < columns; column++) {
                for (int r = r0; r < r1; r++) {
                    to[column * rows + r] = from[r * columns + column];
                }
            }
        }
    }

    /** An array of at least that length: the same one when it is long enough, else an empty one. */
    public static float[] grown(float[] array, int atLeast) {
        return array.length >= atLeast ? array : new float[atLeast];
    }

    public static void add(float[] from, float[] to) {
        for (int j = 0; j < to.length; j++) {
            to[j] += from[j];
        }
    }

    public static void addScaled(float factor, float[] from, float[] to) {
        for (int j = 0; j < to.length; j++) {
            to[j] += factor * from[j];
        }
    }

    public static void scale(float factor, float[] values) {
        for (int j = 0; j < values.length; j++) {
            values[j] *= factor;
        }
    }
}
