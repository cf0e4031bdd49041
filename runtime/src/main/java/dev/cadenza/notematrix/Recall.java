package dev.cadenza.notematrix;

import java.util.Arrays;

/**
 * Where a piece has been before: the earlier passage that the last notes repeat best, and the notes that followed it
 * there.
 *
 * <p>Passages are found by local alignment of pitches (Smith and Waterman, Identification of Common Molecular
 * Subsequences, 1981) of all notes so far with the last ones, with a score of 10 for the same key, -30 for another and
 * -16 for a note left out on either side, so that an ornament or a chord in another order does not lose the place. Of
 * equal scores the latest counts. The last {@link #REMEMBERED} notes are remembered. Mutable; one thread.
 */
public final class Recall {
    /** Notes that are recalled: those that followed, first to fourth, then the last but one and the one before it. */
    public static final int NOTES = 6;

    /** Numbers of a note. */
    public static final int PER_NOTE = 4;

    /** Width of {@link #write}. */
    public static final int WIDTH = 1 + NOTES * PER_NOTE;

    /** Scores stop here. */
    public static final int BEST = 2560;

    /** Passages of a lower score are none. */
    public static final int LEAST = 30;

    /** Notes in memory at most. */
    public static final int REMEMBERED = 4096;

    /** In a tensor: no such note. */
    public static final int NOTHING = -1;

    private static final int SAME = 10;
    private static final int OTHER = -30;
    private static final int LEFT_OUT = 16;
    private static final int FORGOTTEN = REMEMBERED / 4;
    private static final int FIRST_ROOM = 256;
    /** Where the recalled notes lie, counted from the first that followed. */
    private static final int[] PLACES = {0, 1, 2, 3, -2, -3};

    private final int longestInterval;
    private final int longestDuration;
    private int[] notes = new int[FIRST_ROOM * PER_NOTE];
    private int[] pitches = new int[FIRST_ROOM];
    private int[] scores = new int[FIRST_ROOM];
    private int count;
    private int best;
    private int followed = NOTHING;

    /** Nothing was ever struck; times are at most as long as the encoding's longest. */
    public Recall(PerformerEncoding encoding) {
        longestInterval = encoding.intervals().longest();
        longestDuration = encoding.durations().longest();
    }

    private Recall(Recall other) {
        longestInterval = other.longestInterval;
        longestDuration = other.longestDuration;
        notes = other.notes.clone();
        pitches = other.pitches.clone();
        scores = other.scores.clone();
        count = other.count;
        best = other.best;
        followed = other.followed;
    }

    /** Another one that remembers what this one does. */
    public Recall copy() {
        return new Recall(this);
    }

    /** Forgets everything. */
    public void clear() {
        count = 0;
        best = 0;
        followed = NOTHING;
    }

    /**
     * Adds a note.
     *
     * @param interval ticks since the note before, at least 0
     * @param pitch MIDI
     * @param velocity 1..127
     * @param duration ticks, at least 1
     */
    public void strike(int interval, int pitch, int velocity, int duration) {
        if (count == REMEMBERED) {
            forget();
        } else if (count == pitches.length) {
            notes = Arrays.copyOf(notes, 2 * notes.length);
            pitches = Arrays.copyOf(pitches, 2 * count);
            scores = Arrays.copyOf(scores, 2 * count);
        }
        align(pitch);
        int at = count * PER_NOTE;
        notes[at] = Math.min(interval, longestInterval);
        notes[at + 1] = pitch;
        notes[at + 2] = velocity;
        notes[at + 3] = Math.min(duration, longestDuration);
        pitches[count] = pitch;
        scores[count] = 0;
        count++;
    }

    /** Scores of passages that end at each earlier note, now that this pitch has followed. */
    private void align(int pitch) {
        int highest = 0;
        int where = NOTHING;
        int before = 0;
        int left = 0;
        for (int note = 0; note < count; note++) {
            int old = scores[note];
            int score = Math.max(before + (pitches[note] == pitch ? SAME : OTHER), Math.max(old, left) - LEFT_OUT);
            score = Math.max(0, Math.min(BEST, score));
            scores[note] = score;
            if (score >= highest) {
                highest = score;
                where = note;
            }
            left = score;
            before = old;
        }
        best = highest;
        followed = highest < LEAST ? NOTHING : where + 1;
    }

    private void forget() {
        int kept = count - FORGOTTEN;
        System.arraycopy(notes, FORGOTTEN * PER_NOTE, notes, 0, kept * PER_NOTE);
        System.arraycopy(pitches, FORGOTTEN, pitches, 0, kept);
        System.arraycopy(scores, FORGOTTEN, scores, 0, kept);
        count = kept;
    }

    /**
     * Writes what is recalled.
     *
     * @param to {@link #WIDTH} numbers from {@code at} on: the passage's score, 0 or {@link #LEAST}..{@link #BEST};
     *     then interval, MIDI pitch, velocity and duration of the notes that followed it, first to fourth, of the last
     *     but one before those, and of the one before that; all {@link #NOTHING} where there is none
     */
    public void write(int[] to, int at) {
        Arrays.fill(to, at, at + WIDTH, NOTHING);
        if (followed == NOTHING) {
            to[at] = 0;
            return;
        }
        to[at] = best;
        for (int place = 0; place < NOTES; place++) {
            int note = followed + PLACES[place];
            if (note >= 0 && note < count) {
                System.arraycopy(notes, note * PER_NOTE, to, at + 1 + place * PER_NOTE, PER_NOTE);
            }
        }
    }

    /** Writes that nothing is recalled. */
    public static void writeNothing(int[] to, int at) {
        Arrays.fill(to, at, at + WIDTH, NOTHING);
        to[at] = 0;
    }
}
