package dev.cadenza.trainer.paper;

import dev.cadenza.trainer.corpus.EncodedPiece;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The windows of one epoch in training order: a window at each piece's start, then one every {@code window} positions
 * from a phase drawn anew for each piece and epoch, all shuffled. Depends on the seed and the epoch's number alone.
 */
final class EpochWindows {
    private final List<EncodedPiece> pieces;
    private final long[] windows;

    private EpochWindows(List<EncodedPiece> pieces, long[] windows) {
        this.pieces = pieces;
        this.windows = windows;
    }

    static EpochWindows shuffled(List<EncodedPiece> pieces, int window, long seed, int epoch) {
        SplittableRandom random = new SplittableRandom(Mixing.mix(seed, epoch));
        List<Long> windows = new ArrayList<>();
        for (int index = 0; index < pieces.size(); index++) {
            windows.add(packed(index, 0));
            int last = pieces.get(index).notes() - window;
            for (int from = 1 + random.nextInt(window); from <= last; from += window) {
                windows.add(packed(index, from));
            }
        }
        long[] order = windows.stream().mapToLong(Long::longValue).toArray();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            long swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return new EpochWindows(pieces, order);
    }

    /** Every note in exactly one window, in order: for measuring; every {@code stride}-th window is taken. */
    static EpochWindows tiled(List<EncodedPiece> pieces, int window, int stride) {
        List<Long> windows = new ArrayList<>();
        int count = 0;
        for (int index = 0; index < pieces.size(); index++) {
            for (int from = 0; from < pieces.get(index).notes(); from += window) {
                if (count++ % stride == 0) {
                    windows.add(packed(index, from));
                }
            }
        }
        return new EpochWindows(
                pieces, windows.stream().mapToLong(Long::longValue).toArray());
    }

    private static long packed(int piece, int from) {
        return ((long) piece << 32) | from;
    }

    int size() {
        return windows.length;
    }

    EncodedPiece piece(int window) {
        return pieces.get((int) (windows[window] >>> 32));
    }

    /** Position of the first input row; the first target is the one after. */
    int from(int window) {
        return (int) windows[window];
    }
}
