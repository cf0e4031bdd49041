package dev.cadenza.trainer.roll;

import dev.cadenza.pianoroll.PianoRoll;

/**
 * What a time axis sees of the step before, for one key: everything relative to that key, so that one network serves all
 * of them. The columns are those of Johnson's biaxial network.
 *
 * <pre>
 *  0        position: key / 87
 *  1..12    pitch class, one-hot
 * 13..37    the keys from an octave below to an octave above, sounding or not
 * 38..49    how many sounding keys have the class of this key, of the one a semitone above, ..
 * 50..53    the step's place among 16, in binary, lowest bit first
 * </pre>
 */
public final class KeyFeatures {
    /** Columns of a key. */
    public static final int WIDTH = 54;

    /** Keys on either side that are seen. */
    public static final int VICINITY = 12;

    /** Where the vicinity begins. */
    public static final int VICINITY_COLUMN = 13;

    /** Where the counts by pitch class begin. */
    public static final int CONTEXT_COLUMN = 38;

    /** Where the place in the bar begins. */
    public static final int BEAT_COLUMN = 50;

    /** Bits of the place in the bar. */
    public static final int BEAT_BITS = 4;

    private static final int KEYS = PianoRoll.KEYS;
    private static final int CLASSES = 12;

    private KeyFeatures() {}

    /** Bit {@code bit} of the place of a step, counted from the piece's first. */
    public static float beat(int step, int bit) {
        return step >>> bit & 1;
    }

    /** Pitch class of a key: 0 is C. */
    public static int pitchClass(int key) {
        return (key + PianoRoll.LOWEST_PITCH) % CLASSES;
    }

    /**
     * Writes the features of all 88 keys ahead of a step.
     *
     * @param step the one to be predicted
     * @param shift semitones by which the roll is transposed
     * @param to where column c of key k goes is {@code at + k + c * stride}
     */
    static void write(PianoRoll roll, int step, int shift, float[] to, int at, int stride) {
        float[] before = new float[KEYS + 2 * VICINITY];
        float[] classes = new float[CLASSES];
        for (int key = 0; key < KEYS; key++) {
            if (sounds(roll, step - 1, key - shift)) {
                before[VICINITY + key] = 1;
                classes[pitchClass(key)]++;
            }
        }
        for (int key = 0; key < KEYS; key++) {
            to[at + key] = key / (KEYS - 1f);
        }
        for (int key = 0; key < KEYS; key++) {
            to[at + key + (1 + pitchClass(key)) * stride] = 1;
        }
        for (int offset = 0; offset <= 2 * VICINITY; offset++) {
            System.arraycopy(before, offset, to, at + (VICINITY_COLUMN + offset) * stride, KEYS);
        }
        for (int above = 0; above < CLASSES; above++) {
            int column = at + (CONTEXT_COLUMN + above) * stride;
            for (int key = 0; key < KEYS; key++) {
                to[column + key] = classes[(pitchClass(key) + above) % CLASSES];
            }
        }
        for (int bit = 0; bit < BEAT_BITS; bit++) {
            int column = at + (BEAT_COLUMN + bit) * stride;
            for (int key = 0; key < KEYS; key++) {
                to[column + key] = beat(step, bit);
            }
        }
    }

    static boolean sounds(PianoRoll roll, int step, int key) {
        return key >= 0 && key < KEYS && roll.on(step, key);
    }
}
