package dev.cadenza.graph;

import java.util.Arrays;

/** Numbers of a message, of which there are never many: dims, axes, bounds. */
final class LongList {
    private static final int MOST = 4096;

    private long[] values = new long[4];
    private int size;

    void add(long value) throws UnsafeGraphException {
        if (size == MOST) {
            throw new UnsafeGraphException("a list of more than " + MOST + " numbers");
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    long[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
