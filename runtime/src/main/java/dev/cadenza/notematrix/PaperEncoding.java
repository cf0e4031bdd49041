package dev.cadenza.notematrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;

/**
 * How the model kind {@code paper} sees a note matrix: the source paper's three columns interval, pitch and velocity,
 * each scaled to 0..1, and what the source paper's matrix lacks to be played: the spread of each column and a duration.
 *
 * @param ticksPerSecond the grid of all ticks here, 1..1,000,000
 * @param intervalClipTicks the longest interval that the scaled column distinguishes, at least 1
 * @param deviations {@code [3]}: the standard deviation of what the model leaves over of each column, in scaled units,
 *     more than 0
 * @param durationIntervalBounds {@code [k]}, ascending: range i of the intervals ends before bound i (in ticks, at
 *     least 1)
 * @param durationMedians {@code [k + 1]}: the median duration of the notes of each range of intervals, in ticks, at
 *     least 1
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, and compared by content below
public record PaperEncoding(
        int ticksPerSecond,
        int intervalClipTicks,
        float[] deviations,
        int[] durationIntervalBounds,
        int[] durationMedians) {
    /** Columns of the scaled matrix: interval, pitch, velocity. */
    public static final int COLUMNS = 3;

    /** The pitch that becomes 1. */
    public static final int PITCH_SCALE = 127;

    /** The velocity that becomes 1. */
    public static final int VELOCITY_SCALE = 127;

    public PaperEncoding {
        check("ticksPerSecond", ticksPerSecond, 1, NoteMatrix.FINEST);
        check("intervalClipTicks", intervalClipTicks, 1, Integer.MAX_VALUE);
        deviations = deviations.clone();
        durationIntervalBounds = durationIntervalBounds.clone();
        durationMedians = durationMedians.clone();
        check("deviations.length", deviations.length, COLUMNS, COLUMNS);
        for (float deviation : deviations) {
            if (!(deviation > 0) || Float.isInfinite(deviation)) {
                throw new IllegalArgumentException("deviations (" + deviation + ") must be finite and more than 0");
            }
        }
        int previous = 0;
        for (int bound : durationIntervalBounds) {
            if (bound <= previous) {
                throw new IllegalArgumentException(
                        "durationIntervalBounds (" + bound + " after " + previous + ") must be ascending from 1");
            }
            previous = bound;
        }
        int ranges = durationIntervalBounds.length + 1;
        check("durationMedians.length", durationMedians.length, ranges, ranges);
        for (int median : durationMedians) {
            check("durationMedians", median, 1, Integer.MAX_VALUE);
        }
    }

    @Override
    public float[] deviations() {
        return deviations.clone();
    }

    @Override
    public int[] durationIntervalBounds() {
        return durationIntervalBounds.clone();
    }

    @Override
    public int[] durationMedians() {
        return durationMedians.clone();
    }

    /**
     * Writes one note as the network sees it: interval clipped and divided by {@link #intervalClipTicks}, pitch by 127,
     * velocity by 127.
     *
     * @param matrix of this encoding's ticks per second
     * @param row 0..size-1
     * @param out takes three numbers in 0..1 from {@code offset} on: interval, pitch, velocity
     */
    public void scale(NoteMatrix matrix, int row, float[] out, int offset) {
        if (matrix.ticksPerSecond() != ticksPerSecond) {
            throw new IllegalArgumentException("ticksPerSecond of the matrix (" + matrix.ticksPerSecond()
                    + ") must be the encoding's (" + ticksPerSecond + ")");
        }
        out[offset] = scaled(0, matrix.interval(row), intervalClipTicks);
        out[offset + 1] = scaled(1, matrix.pitch(row), intervalClipTicks);
        out[offset + 2] = scaled(2, matrix.velocity(row), intervalClipTicks);
    }

    /**
     * One value as the network sees it, 0..1.
     *
     * @param column 0 interval in ticks, 1 pitch, 2 velocity
     */
    public static float scaled(int column, int value, int intervalClipTicks) {
        return switch (column) {
            case 0 -> (float) Math.min(value, intervalClipTicks) / intervalClipTicks;
            case 1 -> (float) value / PITCH_SCALE;
            case 2 -> (float) value / VELOCITY_SCALE;
            default -> throw new IllegalArgumentException("column (" + column + ") must be in 0.." + (COLUMNS - 1));
        };
    }

    /** The median duration, in ticks, of the notes whose interval lies in the range of this one. */
    public int medianDuration(int intervalTicks) {
        int range = 0;
        while (range < durationIntervalBounds.length && durationIntervalBounds[range] <= intervalTicks) {
            range++;
        }
        return durationMedians[range];
    }

    /** This encoding as JSON, its fields as the package's description lists them. */
    public JsonNode toJson() {
        return PaperEncodingJson.write(this);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException when a field is missing, unknown, of the wrong type or out of range; it is named
     */
    public static PaperEncoding fromJson(JsonNode json) {
        return PaperEncodingJson.read(json);
    }

    private static void check(String name, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException("%s (%d) must be in %d..%d".formatted(name, value, lowest, highest));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PaperEncoding encoding
                && ticksPerSecond == encoding.ticksPerSecond
                && intervalClipTicks == encoding.intervalClipTicks
                && Arrays.equals(deviations, encoding.deviations)
                && Arrays.equals(durationIntervalBounds, encoding.durationIntervalBounds)
                && Arrays.equals(durationMedians, encoding.durationMedians);
    }

    @Override
    public int hashCode() {
        int hash = 31 * ticksPerSecond + intervalClipTicks;
        hash = 31 * hash + Arrays.hashCode(deviations);
        hash = 31 * hash + Arrays.hashCode(durationIntervalBounds);
        return 31 * hash + Arrays.hashCode(durationMedians);
    }

    @Override
    public String toString() {
        return toJson().toString();
    }
}
