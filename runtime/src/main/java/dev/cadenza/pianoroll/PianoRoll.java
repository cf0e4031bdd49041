package dev.cadenza.pianoroll;

import java.util.Arrays;

/**
 * One piece as a piano roll. Immutable; two longs a step.
 *
 * <p>Keys are 0..87, the lowest MIDI pitch {@link #LOWEST_PITCH}.
 */
public final class PianoRoll {
    /** Keys of a piano. */
    public static final int KEYS = 88;

    /** MIDI pitch of key 0. */
    public static final int LOWEST_PITCH = 21;

    private static final int WORDS = 2;

    /** By step, a bit for each key, lowest first. */
    private final long[] bits;

    private PianoRoll(long[] bits) {
        this.bits = bits;
    }

    /** A roll in the making: all keys silent. */
    public static final class Builder {
        private final long[] bits;

        /** A roll of so many steps, at least 0. */
        public Builder(int steps) {
            bits = new long[Math.multiplyExact(steps, WORDS)];
        }

        /**
         * Lets a key sound in a step.
         *
         * @throws IllegalArgumentException when there is no such key or step
         */
        public Builder on(int step, int key) {
            if (key < 0 || key >= KEYS) {
                throw new IllegalArgumentException("key (" + key + ") must be in 0.." + (KEYS - 1));
            }
            if (step < 0 || step >= bits.length / WORDS) {
                throw new IllegalArgumentException("step (" + step + ") must be in 0.." + (bits.length / WORDS - 1));
            }
            bits[step * WORDS + (key >>> 6)] |= 1L << key;
            return this;
        }

        /** The roll as it is now. */
        public PianoRoll build() {
            return new PianoRoll(bits.clone());
        }
    }

    /** How many steps. */
    public int steps() {
        return bits.length / WORDS;
    }

    /** Whether a key sounds; false before the first step. */
    public boolean on(int step, int key) {
        return step >= 0 && (bits[step * WORDS + (key >>> 6)] >>> key & 1) != 0;
    }

    /** How many keys sound in a step. */
    public int sounding(int step) {
        return Long.bitCount(bits[step * WORDS]) + Long.bitCount(bits[step * WORDS + 1]);
    }

    /** Steps {@code [from, to)}. */
    public PianoRoll slice(int from, int to) {
        return new PianoRoll(Arrays.copyOfRange(bits, from * WORDS, to * WORDS));
    }

    /** The lowest key that ever sounds; {@link #KEYS} in silence. */
    public int lowestKey() {
        long[] all = union();
        return all[0] != 0
                ? Long.numberOfTrailingZeros(all[0])
                : 64 + Math.min(KEYS - 64, Long.numberOfTrailingZeros(all[1]));
    }

    /** The highest key that ever sounds; -1 in silence. */
    public int highestKey() {
        long[] all = union();
        return all[1] != 0 ? 127 - Long.numberOfLeadingZeros(all[1]) : 63 - Long.numberOfLeadingZeros(all[0]);
    }

    private long[] union() {
        long[] all = new long[WORDS];
        for (int i = 0; i < bits.length; i++) {
            all[i % WORDS] |= bits[i];
        }
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PianoRoll roll && Arrays.equals(bits, roll.bits);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bits);
    }

    @Override
    public String toString() {
        return "PianoRoll[" + steps() + " steps]";
    }
}
