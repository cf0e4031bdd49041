package dev.cadenza.notematrix;

import java.util.Arrays;

/**
 * What a {@code performer} network sees: a note's classes, its times on a log scale, and the keys.
 *
 * <p>Logarithms and decays come from tables over ticks, which a graph can hold too, so that training, serving and any
 * other host see the same float. Immutable.
 */
public final class PerformerFeatures {
    /** Numbers of a key: how long it still sounds, how long ago it was struck, whether it ends just now. */
    public static final int PER_KEY = 3;

    /** Durations that a note can copy: the ends of the last notes, and the latest end of all. */
    public static final int COPIES = KeyState.LAST_ENDS + 1;

    /** Times of a note on a log scale, and its pitch and velocity, each about 0..1. */
    public static final int SCALARS = 4;

    private static final int KEYS = PerformerEncoding.KEYS;
    private static final double DECAY_SECONDS = 1.5;
    private static final int DECAYS = 20;

    private final PerformerEncoding encoding;
    /** ln(1 + ticks) / ln(1 + longest duration), up to the longest interval. */
    private final float[] logs;
    /** exp(-ticks / 1.5 s); zero behind the end. */
    private final float[] decays;

    public PerformerFeatures(PerformerEncoding encoding) {
        this.encoding = encoding;
        int longest =
                Math.max(encoding.intervals().longest(), encoding.durations().longest());
        double scale = StrictMath.log(1.0 + encoding.durations().longest());
        logs = new float[longest + 1];
        for (int ticks = 0; ticks < logs.length; ticks++) {
            logs[ticks] = (float) (StrictMath.log(1.0 + ticks) / scale);
        }
        double decayTicks = DECAY_SECONDS * encoding.ticksPerSecond();
        decays = new float[(int) (DECAYS * decayTicks)];
        for (int ticks = 0; ticks < decays.length; ticks++) {
            decays[ticks] = (float) StrictMath.exp(-ticks / decayTicks);
        }
    }

    /** How many numbers describe the note before: one-hot classes, each with one more for "none", and the scalars. */
    public int noteWidth() {
        return encoding.intervals().count()
                + KEYS
                + encoding.velocityClasses()
                + encoding.durations().count()
                + SCALARS
                + SCALARS;
    }

    /** How many numbers describe the keys. */
    public int keysWidth() {
        return PER_KEY * KEYS;
    }

    /**
     * Writes the note before.
     *
     * @param interval ticks; -1 at the start of a piece, and then the rest is not looked at
     * @param key 0..87
     * @param velocity 1..127
     * @param duration ticks, at least 1
     * @param to {@link #noteWidth} numbers from {@code at} on: one-hot interval, key, velocity and duration classes, each
     *     followed by 1 for "none"; then interval and duration as logs, key / 87, velocity / 127
     */
    public void note(int interval, int key, int velocity, int duration, float[] to, int at) {
        Arrays.fill(to, at, at + noteWidth(), 0f);
        int[] counts = {
            encoding.intervals().count(),
            KEYS,
            encoding.velocityClasses(),
            encoding.durations().count()
        };
        int[] classes = counts.clone();
        if (interval >= 0) {
            classes = new int[] {
                encoding.intervals().of(interval),
                key,
                encoding.velocityClass(velocity),
                encoding.durations().of(duration)
            };
        }
        int next = at;
        for (int attribute = 0; attribute < SCALARS; attribute++) {
            to[next + classes[attribute]] = 1f;
            next += counts[attribute] + 1;
        }
        if (interval >= 0) {
            to[next] = log(interval);
            to[next + 1] = (float) key / (KEYS - 1);
            to[next + 2] = (float) velocity / 127;
            to[next + 3] = log(duration);
        }
    }

    /**
     * Writes the keys as they will be.
     *
     * @param ahead ticks from the state's onset on
     * @param to {@link #keysWidth} numbers from {@code at} on: for all keys ln(1 + ticks still to sound) / ln(1 +
     *     longest), then exp(-ticks since struck / 1.5 s), then 1 where a key ends at that very tick
     */
    public void keys(KeyState state, int ahead, float[] to, int at) {
        for (int key = 0; key < KEYS; key++) {
            to[at + key] = log(state.remaining(key, ahead));
            int age = state.age(key, ahead);
            to[at + KEYS + key] = age < decays.length ? decays[age] : 0f;
            to[at + 2 * KEYS + key] = state.endsAt(key, ahead) ? 1f : 0f;
        }
    }

    /**
     * Marks the classes of the durations that keys still sound.
     *
     * @param ahead ticks from the state's onset on
     * @param to as many numbers as durations have classes, from {@code at} on: 1 where some key ends after a time of that
     *     class
     */
    public void ends(KeyState state, int ahead, float[] to, int at) {
        Arrays.fill(to, at, at + encoding.durations().count(), 0f);
        for (int key = 0; key < KEYS; key++) {
            int remaining = state.remaining(key, ahead);
            if (remaining > 0) {
                to[at + encoding.durations().of(remaining)] = 1f;
            }
        }
    }

    /**
     * Durations that end a note with another.
     *
     * @param ahead ticks from the state's onset to the new note's
     * @param to {@link #COPIES} durations in ticks from {@code at} on; 0 where there is none
     */
    public void copies(KeyState state, int ahead, int[] to, int at) {
        for (int last = 0; last < KeyState.LAST_ENDS; last++) {
            to[at + last] = state.lastEnd(last, ahead);
        }
        to[at + KeyState.LAST_ENDS] = state.latestEnd(ahead);
    }

    /** ln(1 + ticks) over ln(1 + the longest duration); times beyond the table count as its last. */
    public float log(int ticks) {
        return logs[Math.min(ticks, logs.length - 1)];
    }
}
