package dev.cadenza.music;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.LongStream;

/** When the sustain pedal of each channel goes down and up, over all tracks. */
final class SustainPedals {
    private final long[][] moves = new long[16][0];
    private final int[] sizes = new int[16];

    /** Notes a position of the pedal; within a track ticks must not descend. */
    void add(int channel, long tick, boolean down) {
        if (sizes[channel] == moves[channel].length) {
            moves[channel] = Arrays.copyOf(moves[channel], Math.max(16, sizes[channel] * 2));
        }
        moves[channel][sizes[channel]++] = tick << 1 | (down ? 1 : 0);
    }

    /** Brings the tracks' moves together; to be called once, after the last track. */
    void seal() {
        for (int channel = 0; channel < 16; channel++) {
            long[] merged = Arrays.copyOf(moves[channel], sizes[channel]);
            if (!isSorted(merged)) {
                // Only by tick and stable: at one tick the order of the file holds.
                merged = LongStream.of(merged)
                        .boxed()
                        .sorted(Comparator.comparingLong(move -> move >> 1))
                        .mapToLong(Long::longValue)
                        .toArray();
            }
            moves[channel] = onlyChanges(merged);
        }
    }

    /**
     * When a note whose key is released falls silent: at the tick itself when the pedal is up, after all moves at that
     * tick, otherwise when the pedal next lifts, or at {@code lastTick} when it never does.
     */
    long liftAfter(int channel, long tick, long lastTick) {
        long[] changes = moves[channel];
        int low = 0;
        int high = changes.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (changes[middle] >> 1 <= tick) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0 || (changes[low - 1] & 1) == 0) {
            return tick;
        }
        return low < changes.length ? changes[low] >> 1 : Math.max(tick, lastTick);
    }

    private static boolean isSorted(long[] moves) {
        for (int i = 1; i < moves.length; i++) {
            if (moves[i] >> 1 < moves[i - 1] >> 1) {
                return false;
            }
        }
        return true;
    }

    private static long[] onlyChanges(long[] moves) {
        long[] kept = new long[moves.length];
        int size = 0;
        long state = 0;
        for (long move : moves) {
            if ((move & 1) != state) {
                state = move & 1;
                kept[size++] = move;
            }
        }
        return Arrays.copyOf(kept, size);
    }
}
