package dev.cadenza.notematrix;

/** What a performer gets of the notes before: the keys as they left them, and what they recall. Mutable; one thread. */
public final class HeardNotes {
    private static final int PITCH = 1;

    private final KeyState keys;
    private final Recall recall;

    /** Nothing was ever struck. */
    public HeardNotes(PerformerEncoding encoding) {
        this(new KeyState(encoding), new Recall(encoding));
    }

    private HeardNotes(KeyState keys, Recall recall) {
        this.keys = keys;
        this.recall = recall;
    }

    /** A copy that has read the same notes. */
    public HeardNotes copy() {
        return new HeardNotes(keys.copy(), recall.copy());
    }

    /** The keys, the last note struck. */
    public KeyState keys() {
        return keys;
    }

    public Recall recall() {
        return recall;
    }

    /** Back to the start of a piece. */
    public void clear() {
        keys.clear();
        recall.clear();
    }

    /**
     * Adds a note as tensors have it.
     *
     * @param note interval ticks, MIDI pitch, velocity, duration ticks from {@code at} on; an interval below 0 is the
     *     start of a piece
     * @throws IllegalArgumentException when the pitch is not on the piano
     */
    public void hear(int[] note, int at) {
        if (note[at] < 0) {
            clear();
            return;
        }
        int pitch = note[at + PITCH];
        int key = pitch - PerformerEncoding.LOWEST_PITCH;
        if (key < 0 || key >= PerformerEncoding.KEYS) {
            throw new IllegalArgumentException("pitch (" + pitch + ") of a note must be on the piano, "
                    + PerformerEncoding.LOWEST_PITCH + ".."
                    + (PerformerEncoding.LOWEST_PITCH + PerformerEncoding.KEYS - 1));
        }
        keys.strike(note[at], key, note[at + 2], note[at + 3]);
        recall.strike(note[at], pitch, note[at + 2], note[at + 3]);
    }
}
