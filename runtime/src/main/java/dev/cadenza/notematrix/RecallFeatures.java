package dev.cadenza.notematrix;

import java.util.Arrays;

/**
 * What a {@code performer} network sees of what {@link Recall} wrote. All of it is scaled by the passage's level, ln(1 +
 * score / 10) / ln(1 + best / 10), which comes from a table that a graph can hold too; where nothing is recalled all is
 * 0. Immutable.
 */
public final class RecallFeatures {
    /** Width of {@link #scalars}. */
    public static final int SCALARS = 6;

    /** Rows of keys in {@link #keys}: the note that followed, the three after it, the two before. */
    public static final int KEY_ROWS = 3;

    /** Width of {@link #keys}. */
    public static final int KEYS_WIDTH = KEY_ROWS * PerformerEncoding.KEYS;

    private static final int FIRST = 1;
    private static final int LAST_KEY = PerformerEncoding.KEYS - 1;
    private static final int LOUDEST = 127;
    private static final double TENTHS = 10;
    /** The row of keys each recalled note is in. */
    private static final int[] ROWS = {0, 1, 1, 1, 2, 2};

    private final PerformerFeatures features;
    private final float[] levels = new float[Recall.BEST + 1];

    public RecallFeatures(PerformerFeatures features) {
        this.features = features;
        double scale = StrictMath.log(1 + Recall.BEST / TENTHS);
        for (int score = 0; score < levels.length; score++) {
            levels[score] = (float) (StrictMath.log(1 + score / TENTHS) / scale);
        }
    }

    /** Levels by score, 0..{@link Recall#BEST}; a copy. */
    public float[] levelTable() {
        return levels.clone();
    }

    /** The row of {@link #keys} that a recalled note is in, by its place among {@link Recall#NOTES}. */
    public static int rowOf(int place) {
        return ROWS[place];
    }

    /**
     * Writes the note that followed: its level, 1, then interval as log, key / 87, velocity / 127, duration as log.
     *
     * @param recall {@link Recall#WIDTH} numbers from {@code from} on
     * @param to {@link #SCALARS} numbers from {@code at} on
     */
    public void scalars(int[] recall, int from, float[] to, int at) {
        Arrays.fill(to, at, at + SCALARS, 0f);
        if (recall[from] > 0) {
            int note = from + FIRST;
            to[at] = levels[recall[from]];
            to[at + 1] = 1f;
            to[at + 2] = features.log(recall[note]);
            to[at + 3] = (float) key(recall[note + 1]) / LAST_KEY;
            to[at + 4] = (float) recall[note + 2] / LOUDEST;
            to[at + 5] = features.log(recall[note + 3]);
        }
    }

    /** Writes the level at the class of the interval that followed, 0 elsewhere: as many as intervals have classes. */
    public void interval(int[] recall, int from, float[] to, int at) {
        var intervals = features.encoding().intervals();
        Arrays.fill(to, at, at + intervals.count(), 0f);
        if (recall[from] > 0) {
            to[at + intervals.of(recall[from + FIRST])] = levels[recall[from]];
        }
    }

    /** Writes the level at the keys of the recalled notes, in {@link #KEY_ROWS} rows of keys. */
    public void keys(int[] recall, int from, float[] to, int at) {
        Arrays.fill(to, at, at + KEYS_WIDTH, 0f);
        for (int place = 0; place < Recall.NOTES; place++) {
            int pitch = recall[from + FIRST + place * Recall.PER_NOTE + 1];
            if (pitch != Recall.NOTHING) {
                to[at + ROWS[place] * PerformerEncoding.KEYS + key(pitch)] = levels[recall[from]];
            }
        }
    }

    /**
     * Writes the level at the class of the velocity of the first recalled note of that pitch: as many as velocities have
     * classes.
     */
    public void velocity(int[] recall, int from, int pitch, float[] to, int at) {
        Arrays.fill(to, at, at + features.encoding().velocityClasses(), 0f);
        int note = ofPitch(recall, from, pitch);
        if (note != Recall.NOTHING) {
            to[at + features.encoding().velocityClass(recall[note + 2])] = levels[recall[from]];
        }
    }

    /** As {@link #velocity}, with the duration: as many as durations have classes. */
    public void duration(int[] recall, int from, int pitch, float[] to, int at) {
        var durations = features.encoding().durations();
        Arrays.fill(to, at, at + durations.count(), 0f);
        int note = ofPitch(recall, from, pitch);
        if (note != Recall.NOTHING) {
            to[at + durations.of(recall[note + 3])] = levels[recall[from]];
        }
    }

    private static int ofPitch(int[] recall, int from, int pitch) {
        for (int place = 0; place < Recall.NOTES; place++) {
            int note = from + FIRST + place * Recall.PER_NOTE;
            if (recall[note + 1] == pitch) {
                return note;
            }
        }
        return Recall.NOTHING;
    }

    private static int key(int pitch) {
        return pitch - PerformerEncoding.LOWEST_PITCH;
    }
}
