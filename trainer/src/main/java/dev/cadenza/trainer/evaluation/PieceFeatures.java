package dev.cadenza.trainer.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The nine features by which MGEval compares sets of pieces (Yang and Lerch, "On the evaluation of generative models in
 * music", 2018), of one excerpt. A performance has no bars, so that lengths are seconds: twelve classes of equal width on a
 * logarithmic axis from 30 ms to 8 s, the first and the last open.
 */
public enum PieceFeatures {
    /** How many different pitches. */
    PITCH_COUNT("pitch count"),
    /** Share of each pitch class. */
    PITCH_CLASS_HISTOGRAM("pitch class histogram"),
    /** Share of each step from a pitch class to the next note's. */
    PITCH_CLASS_TRANSITIONS("pitch class transitions"),
    /** Semitones from the lowest to the highest. */
    PITCH_RANGE("pitch range"),
    /** Mean distance of neighbouring notes in semitones. */
    PITCH_INTERVAL("average pitch interval"),
    /** Notes per second: MGEval counts notes of pieces of one length. */
    NOTE_DENSITY("note density"),
    /** Mean seconds between onsets. */
    INTER_ONSET("average inter-onset interval"),
    /** Share of each class of lengths. */
    LENGTH_HISTOGRAM("note length histogram"),
    /** Share of each step from a class of lengths to the next note's. */
    LENGTH_TRANSITIONS("note length transitions");

    private static final int CLASSES = 12;
    private static final double SHORTEST = 0.03;
    private static final double LONGEST = 8;

    private final String title;

    PieceFeatures(String title) {
        this.title = title;
    }

    /** As in tables. */
    public String title() {
        return title;
    }

    /**
     * The feature of an excerpt: one number, or a histogram.
     *
     * @throws IllegalArgumentException when it has fewer than two notes
     */
    public double[] of(Excerpt excerpt) {
        int notes = excerpt.notes();
        if (notes < 2) {
            throw new IllegalArgumentException("notes (" + notes + ") must be at least 2");
        }
        return switch (this) {
            case PITCH_COUNT -> new double[] {pitches(excerpt).distinct().count()};
            case PITCH_CLASS_HISTOGRAM -> histogram(classes(excerpt));
            case PITCH_CLASS_TRANSITIONS -> transitions(classes(excerpt));
            case PITCH_RANGE ->
                new double[] {
                    pitches(excerpt).max().orElse(0) - pitches(excerpt).min().orElse(0)
                };
            case PITCH_INTERVAL -> new double[] {meanInterval(excerpt)};
            case NOTE_DENSITY -> new double[] {(notes - 1) / Math.max(1e-3, seconds(excerpt))};
            case INTER_ONSET -> new double[] {seconds(excerpt) / (notes - 1)};
            case LENGTH_HISTOGRAM -> histogram(lengths(excerpt));
            case LENGTH_TRANSITIONS -> transitions(lengths(excerpt));
        };
    }

    /** All nine. */
    public static List<PieceFeatures> all() {
        return List.of(values());
    }

    private static IntStream pitches(Excerpt excerpt) {
        return IntStream.range(0, excerpt.notes()).map(excerpt::pitch);
    }

    private static double seconds(Excerpt excerpt) {
        long[] onsets = excerpt.onsets();
        return onsets[onsets.length - 1] / (double) excerpt.ticksPerSecond();
    }

    private static double meanInterval(Excerpt excerpt) {
        double sum = 0;
        for (int note = 1; note < excerpt.notes(); note++) {
            sum += Math.abs(excerpt.pitch(note) - excerpt.pitch(note - 1));
        }
        return sum / (excerpt.notes() - 1);
    }

    private static int[] classes(Excerpt excerpt) {
        return pitches(excerpt).map(pitch -> pitch % CLASSES).toArray();
    }

    private static int[] lengths(Excerpt excerpt) {
        int[] lengths = new int[excerpt.notes()];
        for (int note = 0; note < lengths.length; note++) {
            lengths[note] = lengthClass(excerpt.duration(note) / (double) excerpt.ticksPerSecond());
        }
        return lengths;
    }

    /** 0..11. */
    static int lengthClass(double seconds) {
        double place = CLASSES * Math.log(Math.max(1e-9, seconds) / SHORTEST) / Math.log(LONGEST / SHORTEST);
        return (int) Math.max(0, Math.min(CLASSES - 1, Math.floor(place)));
    }

    private static double[] histogram(int[] values) {
        double[] shares = new double[CLASSES];
        for (int value : values) {
            shares[value] += 1.0 / values.length;
        }
        return shares;
    }

    private static double[] transitions(int[] values) {
        double[] shares = new double[CLASSES * CLASSES];
        for (int i = 1; i < values.length; i++) {
            shares[values[i - 1] * CLASSES + values[i]] += 1.0 / (values.length - 1);
        }
        return shares;
    }

    /** Euclid's distance. */
    static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }
}
