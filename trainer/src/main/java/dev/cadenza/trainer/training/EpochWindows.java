package dev.cadenza.trainer.training;

import dev.cadenza.trainer.corpus.EncodedPiece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The windows of one epoch in training order. Depends on the seed and the epoch's number alone. */
public final class EpochWindows {
    private static final long IDLE = -1;

    private final List<EncodedPiece> pieces;
    private final long[] windows;

    private EpochWindows(List<EncodedPiece> pieces, long[] windows) {
        this.pieces = pieces;
        this.windows = windows;
    }

    /**
     * A window at each piece's start, then one every {@code window} positions from a phase drawn anew for each piece and
     * epoch, all shuffled.
     */
    public static EpochWindows shuffled(List<EncodedPiece> pieces, int window, long seed, int epoch) {
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
        shuffle(order, random);
        return new EpochWindows(pieces, order);
    }

    /**
     * Pieces side by side: window i goes on where window {@code i - rows} ended, until its piece is over; then the row
     * takes the next piece in shuffled order. When none is left its windows are idle: rows without an error, so that the
     * last updates of an epoch are smaller ones.
     */
    public static EpochWindows sideBySide(List<EncodedPiece> pieces, int window, int rows, long seed, int epoch) {
        long[] order = new long[pieces.size()];
        for (int index = 0; index < order.length; index++) {
            order[index] = index;
        }
        shuffle(order, new SplittableRandom(Mixing.mix(seed, epoch)));
        List<Long> windows = new ArrayList<>();
        int next = 0;
        long[] row = new long[rows];
        Arrays.fill(row, IDLE);
        while (true) {
            boolean any = false;
            for (int r = 0; r < rows; r++) {
                if (row[r] != IDLE) {
                    int from = (int) row[r] + window;
                    int piece = (int) (row[r] >>> 32);
                    row[r] = from < pieces.get(piece).notes() ? packed(piece, from) : IDLE;
                }
                if (row[r] == IDLE && next < order.length) {
                    row[r] = packed((int) order[next++], 0);
                }
                any |= row[r] != IDLE;
            }
            if (!any) {
                return new EpochWindows(
                        pieces, windows.stream().mapToLong(Long::longValue).toArray());
            }
            for (long entry : row) {
                windows.add(entry);
            }
        }
    }

    private static void shuffle(long[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            long swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    /** Every note in exactly one window, in order: for measuring; every {@code stride}-th window is taken. */
    public static EpochWindows tiled(List<EncodedPiece> pieces, int window, int stride) {
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

    /** How many windows there are. */
    public int size() {
        return windows.length;
    }

    /** Whether the window has no piece: a row of the batch without work. */
    public boolean idle(int window) {
        return windows[window] == IDLE;
    }

    /** The piece of a window that is not {@link #idle}. */
    public EncodedPiece piece(int window) {
        return pieces.get((int) (windows[window] >>> 32));
    }

    /** Position of the first input row; the first target is the one after. */
    public int from(int window) {
        return (int) windows[window];
    }
}
