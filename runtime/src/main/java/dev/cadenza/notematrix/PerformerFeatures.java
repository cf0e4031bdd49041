package dev.cadenza.notematrix;

import java.util.Arrays;

/**
 * What a {@code performer} network sees of times and keys.
 *
 * <p>Logarithms and decays come from tables over ticks, which a graph can hold too, so that training, serving and any
 * other host see the same float. Immutable.
 */
public final class PerformerFeatures {
    /**
     * Numbers of a key: how long it still sounds, how long ago it was struck by two decays, how loud by a third, whether
     * it ends just now.
     */
    public static final int PER_KEY = 5;

    /** Width of {@link #keys}. */
    public static final int KEYS_WIDTH = PER_KEY * PerformerEncoding.KEYS;

    /** Durations that a note can copy: the ends of the last notes, and the latest end of all. */
    public static final int COPIES = KeyState.LAST_ENDS + 1;

    /** Width of {@link #copies(int[], int, float[], int)}: the candidates' times, and whether there are any. */
    public static final int COPIES_WIDTH = 2 * COPIES;

    /** Times of a note on a log scale, and its key and velocity, each about 0..1. */
    public static final int SCALARS = 4;

    private static final int KEYS = PerformerEncoding.KEYS;
    private static final int VELOCITIES = 127;

    /** How many decays there are; see {@link #decayTable}. */
    public static final int DECAYS = 3;

    private static final double[] DECAY_SECONDS = {0.4, 1.5, 3.0};

    private final PerformerEncoding encoding;
    private final float[] logs;
    private final float[][] decays = new float[DECAYS][KeyState.OLDEST + 1];

    public PerformerFeatures(PerformerEncoding encoding) {
        this.encoding = encoding;
        int longest =
                Math.max(encoding.intervals().longest(), encoding.durations().longest());
        double scale = StrictMath.log(1.0 + encoding.durations().longest());
        logs = new float[longest + 1];
        for (int ticks = 0; ticks < logs.length; ticks++) {
            logs[ticks] = (float) (StrictMath.log(1.0 + ticks) / scale);
        }
        for (int decay = 0; decay < DECAYS; decay++) {
            double ticks = DECAY_SECONDS[decay] * encoding.ticksPerSecond();
            for (int age = 0; age < KeyState.OLDEST; age++) {
                decays[decay][age] = (float) StrictMath.exp(-age / ticks);
            }
        }
    }

    public PerformerEncoding encoding() {
        return encoding;
    }

    /** ln(1 + ticks) / ln(1 + longest duration), by ticks from 0 to the longest time; a copy. */
    public float[] logTable() {
        return logs.clone();
    }

    /**
     * exp(-ticks / d) by age 0..{@link KeyState#OLDEST}, where it is 0; d is 0.4, 1.5 and 3 seconds; a copy.
     *
     * @param decay 0..{@link #DECAYS} - 1
     */
    public float[] decayTable(int decay) {
        return decays[decay].clone();
    }

    /** ln(1 + ticks) over ln(1 + the longest duration); times beyond the table count as its last. */
    public float log(int ticks) {
        return logs[Math.min(ticks, logs.length - 1)];
    }

    /**
     * Writes a note's numbers.
     *
     * @param interval ticks; -1 at the start of a piece, where all are 0
     * @param key 0..87
     * @param velocity 1..127
     * @param duration ticks, at least 1
     * @param to {@link #SCALARS} numbers from {@code at} on: interval as log, key / 87, velocity / 127, duration as log
     */
    public void scalars(int interval, int key, int velocity, int duration, float[] to, int at) {
        if (interval < 0) {
            Arrays.fill(to, at, at + SCALARS, 0f);
            return;
        }
        to[at] = log(interval);
        to[at + 1] = (float) key / (KEYS - 1);
        to[at + 2] = (float) velocity / VELOCITIES;
        to[at + 3] = log(duration);
    }

    /**
     * Writes the keys as they will be.
     *
     * @param ahead ticks from the state's onset on
     * @param to {@link #KEYS_WIDTH} numbers from {@code at} on, for all keys each: ln(1 + ticks still to sound) / ln(1 +
     *     longest); exp(-age / 0.4 s); exp(-age / 3 s); velocity / 127 exp(-age / 1.5 s); 1 where a key ends at that very
     *     tick
     */
    public void keys(KeyState state, int ahead, float[] to, int at) {
        for (int key = 0; key < KEYS; key++) {
            int age = state.age(key, ahead);
            to[at + key] = log(state.remaining(key, ahead));
            to[at + KEYS + key] = decays[0][age];
            to[at + 2 * KEYS + key] = decays[2][age];
            to[at + 3 * KEYS + key] = (float) state.velocity(key) / VELOCITIES * decays[1][age];
            to[at + 4 * KEYS + key] = state.endsAt(key, ahead) ? 1f : 0f;
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

    /**
     * Writes durations to copy as a network sees them.
     *
     * @param ticks {@link #COPIES} durations from {@code from} on, as {@link #copies(KeyState, int, int[], int)} writes
     *     them
     * @param to {@link #COPIES_WIDTH} numbers from {@code at} on: their logs, then 1 for each that there is
     */
    public void copies(int[] ticks, int from, float[] to, int at) {
        for (int copy = 0; copy < COPIES; copy++) {
            to[at + copy] = log(ticks[from + copy]);
            to[at + COPIES + copy] = ticks[from + copy] > 0 ? 1f : 0f;
        }
    }
}
