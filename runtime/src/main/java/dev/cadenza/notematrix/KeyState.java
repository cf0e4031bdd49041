package dev.cadenza.notematrix;

import java.util.Arrays;

/**
 * Which keys sound, how long still, and since when: what a {@code performer} knows of the notes before.
 *
 * <p>Times are ticks from the current onset, the last struck note's. Mutable; one thread.
 */
public final class KeyState {
    /** Ends of so many last notes are remembered. */
    public static final int LAST_ENDS = 3;

    private static final int KEYS = PerformerEncoding.KEYS;

    /** An age or an end that never was. */
    public static final int NEVER = Integer.MAX_VALUE;

    private final int[] remaining = new int[KEYS];
    private final int[] age = new int[KEYS];
    private final int[] lastEnds = new int[LAST_ENDS];

    /** Nothing was ever struck. */
    public KeyState() {
        clear();
    }

    /** Back to the start of a piece. */
    public void clear() {
        Arrays.fill(remaining, NEVER);
        Arrays.fill(age, NEVER);
        Arrays.fill(lastEnds, NEVER);
    }

    /**
     * Moves the current onset on and strikes a key.
     *
     * @param interval ticks since the current onset, at least 0
     * @param key 0..87
     * @param duration ticks, at least 1
     */
    public void strike(int interval, int key, int duration) {
        advance(interval);
        remaining[key] = duration;
        age[key] = 0;
        System.arraycopy(lastEnds, 0, lastEnds, 1, LAST_ENDS - 1);
        lastEnds[0] = duration;
    }

    private void advance(int interval) {
        if (interval == 0) {
            return;
        }
        for (int key = 0; key < KEYS; key++) {
            if (age[key] != NEVER) {
                age[key] = (int) Math.min(NEVER - 1L, (long) age[key] + interval);
                // An end that is past stays at -1: only whether it is now matters.
                remaining[key] = Math.max(-1, remaining[key] - interval);
            }
        }
        for (int last = 0; last < LAST_ENDS; last++) {
            if (lastEnds[last] != NEVER) {
                lastEnds[last] = Math.max(-1, lastEnds[last] - interval);
            }
        }
    }

    /** Takes over another state. */
    public void set(KeyState other) {
        System.arraycopy(other.remaining, 0, remaining, 0, KEYS);
        System.arraycopy(other.age, 0, age, 0, KEYS);
        System.arraycopy(other.lastEnds, 0, lastEnds, 0, LAST_ENDS);
    }

    /** Ticks after {@code interval} more ticks that a key still sounds: 0 when it does not, or ends just then. */
    public int remaining(int key, int interval) {
        return age[key] == NEVER ? 0 : Math.max(0, remaining[key] - interval);
    }

    /** Whether a key ends exactly {@code interval} ticks from the current onset. */
    public boolean endsAt(int key, int interval) {
        return age[key] != NEVER && remaining[key] == interval;
    }

    /** Ticks since a key was struck, {@code interval} ticks from the current onset; {@link #NEVER} if it never was. */
    public int age(int key, int interval) {
        return age[key] == NEVER ? NEVER : (int) Math.min(NEVER - 1L, (long) age[key] + interval);
    }

    /**
     * The end of one of the last notes, in ticks from {@code interval} after the current onset: a duration to copy when
     * it is at least 1.
     *
     * @param last 0 for the note struck last, up to {@link #LAST_ENDS} - 1
     * @return 0 when there is no such note or it has ended by then
     */
    public int lastEnd(int last, int interval) {
        return lastEnds[last] == NEVER ? 0 : Math.max(0, lastEnds[last] - interval);
    }

    /** The latest end of all keys, in ticks from {@code interval} after the current onset; 0 when none sounds then. */
    public int latestEnd(int interval) {
        int latest = 0;
        for (int key = 0; key < KEYS; key++) {
            latest = Math.max(latest, remaining(key, interval));
        }
        return latest;
    }
}
