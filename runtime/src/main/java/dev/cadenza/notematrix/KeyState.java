package dev.cadenza.notematrix;

import java.util.Arrays;

/**
 * Which keys sound, how long still, since when and how loud: what a {@code performer} knows of the notes before.
 *
 * <p>Times are ticks from the current onset, the last struck note's. In tensors a state is two int32 blocks: {@code keys}
 * [88, 3], by key remaining, age and velocity, and {@code ends} [3], the ends of the last notes, newest first. Mutable;
 * one thread.
 */
public final class KeyState {
    /** Ends of so many last notes are remembered. */
    public static final int LAST_ENDS = 3;

    /** Numbers of a key in tensors. */
    public static final int PER_KEY = 3;

    /** The age of a key that was struck so long ago or never; ages stop here. */
    public static final int OLDEST = 2047;

    /** A note's end that is past, or a note that never was. */
    public static final int PAST = -1;

    private static final int KEYS = PerformerEncoding.KEYS;

    private final int longest;
    private final int[] remaining = new int[KEYS];
    private final int[] age = new int[KEYS];
    private final int[] velocity = new int[KEYS];
    private final int[] lastEnds = new int[LAST_ENDS];

    /**
     * Nothing was ever struck.
     *
     * @param longest ticks; a note that lasts longer counts as this long
     */
    public KeyState(int longest) {
        this.longest = longest;
        clear();
    }

    /** Nothing was ever struck; notes last at most as long as the encoding's longest. */
    public KeyState(PerformerEncoding encoding) {
        this(encoding.durations().longest());
    }

    /** Another one that stands where this one does. */
    public KeyState copy() {
        KeyState copy = new KeyState(longest);
        System.arraycopy(remaining, 0, copy.remaining, 0, KEYS);
        System.arraycopy(age, 0, copy.age, 0, KEYS);
        System.arraycopy(velocity, 0, copy.velocity, 0, KEYS);
        System.arraycopy(lastEnds, 0, copy.lastEnds, 0, LAST_ENDS);
        return copy;
    }

    /** Back to the start of a piece. */
    public void clear() {
        Arrays.fill(remaining, PAST);
        Arrays.fill(age, OLDEST);
        Arrays.fill(velocity, 0);
        Arrays.fill(lastEnds, PAST);
    }

    /**
     * Moves the current onset on and strikes a key.
     *
     * @param interval ticks since the current onset, at least 0
     * @param key 0..87
     * @param ofVelocity 1..127
     * @param duration ticks, at least 1
     */
    public void strike(int interval, int key, int ofVelocity, int duration) {
        advance(interval);
        int end = Math.min(duration, longest);
        remaining[key] = end;
        age[key] = 0;
        velocity[key] = ofVelocity;
        System.arraycopy(lastEnds, 0, lastEnds, 1, LAST_ENDS - 1);
        lastEnds[0] = end;
    }

    private void advance(int interval) {
        if (interval == 0) {
            return;
        }
        for (int key = 0; key < KEYS; key++) {
            age[key] = age(key, interval);
            remaining[key] = Math.max(PAST, remaining[key] - interval);
        }
        for (int last = 0; last < LAST_ENDS; last++) {
            lastEnds[last] = Math.max(PAST, lastEnds[last] - interval);
        }
    }

    /** Takes over another state. */
    public void set(KeyState other) {
        System.arraycopy(other.remaining, 0, remaining, 0, KEYS);
        System.arraycopy(other.age, 0, age, 0, KEYS);
        System.arraycopy(other.velocity, 0, velocity, 0, KEYS);
        System.arraycopy(other.lastEnds, 0, lastEnds, 0, LAST_ENDS);
    }

    /** Ticks after {@code interval} more ticks that a key still sounds: 0 when it does not, or ends just then. */
    public int remaining(int key, int interval) {
        return Math.max(0, remaining[key] - interval);
    }

    /** Whether a key ends exactly {@code interval} ticks from the current onset. */
    public boolean endsAt(int key, int interval) {
        return remaining[key] == interval;
    }

    /** Ticks since a key was struck, {@code interval} ticks from the current onset, at most {@link #OLDEST}. */
    public int age(int key, int interval) {
        return Math.min(OLDEST, age[key] + Math.min(interval, OLDEST));
    }

    /** The velocity a key was last struck with, 1..127; 0 if it never was. */
    public int velocity(int key) {
        return velocity[key];
    }

    /**
     * The end of one of the last notes, in ticks from {@code interval} after the current onset: a duration to copy when
     * it is at least 1.
     *
     * @param last 0 for the note struck last, up to {@link #LAST_ENDS} - 1
     * @return 0 when there is no such note or it has ended by then
     */
    public int lastEnd(int last, int interval) {
        return Math.max(0, lastEnds[last] - interval);
    }

    /** The latest end of all keys, in ticks from {@code interval} after the current onset; 0 when none sounds then. */
    public int latestEnd(int interval) {
        int latest = 0;
        for (int key = 0; key < KEYS; key++) {
            latest = Math.max(latest, remaining[key]);
        }
        return Math.max(0, latest - interval);
    }

    /** Writes {@code keys} [88, 3] and {@code ends} [3], row-major, from those places on. */
    public void write(int[] keys, int atKeys, int[] ends, int atEnds) {
        for (int key = 0; key < KEYS; key++) {
            int to = atKeys + key * PER_KEY;
            keys[to] = remaining[key];
            keys[to + 1] = age[key];
            keys[to + 2] = velocity[key];
        }
        System.arraycopy(lastEnds, 0, ends, atEnds, LAST_ENDS);
    }

    /** Reads what {@link #write} wrote. */
    public void read(int[] keys, int atKeys, int[] ends, int atEnds) {
        for (int key = 0; key < KEYS; key++) {
            int from = atKeys + key * PER_KEY;
            remaining[key] = keys[from];
            age[key] = keys[from + 1];
            velocity[key] = keys[from + 2];
        }
        System.arraycopy(ends, atEnds, lastEnds, 0, LAST_ENDS);
    }
}
