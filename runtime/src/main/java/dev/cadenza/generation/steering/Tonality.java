package dev.cadenza.generation.steering;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key: a root and a mode.
 *
 * @param root pitch class, 0 is C
 * @param minor natural minor, else major
 */
public record Tonality(int root, boolean minor) {
    /** Pitch classes. */
    static final int CLASSES = 12;

    private static final Pattern SPELLING =
            Pattern.compile("([A-Ga-g])([#b♯♭]?)\\s*[- ]?\\s*((?i)major|minor|maj|min)");
    private static final int[] NATURALS = {9, 11, 0, 2, 4, 5, 7};
    private static final List<String> NAMES = List.of("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B");
    private static final int MAJOR_SCALE = scale(0, 2, 4, 5, 7, 9, 11);
    private static final int MINOR_SCALE = scale(0, 2, 3, 5, 7, 8, 10);

    /** How well the degrees of a key fit it (Krumhansl and Kessler, 1982). */
    private static final double[] MAJOR_FIT = {6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88};

    private static final double[] MINOR_FIT = {6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17};

    public Tonality {
        if (root < 0 || root >= CLASSES) {
            throw new IllegalArgumentException("root (" + root + ") must be 0..11");
        }
    }

    private static int scale(int... degrees) {
        int set = 0;
        for (int degree : degrees) {
            set |= 1 << degree;
        }
        return set;
    }

    /**
     * Reads a key such as {@code C major}, {@code a minor}, {@code F# minor}, {@code Bb major}.
     *
     * @throws IllegalArgumentException when it is no such text
     */
    public static Tonality parse(String text) {
        Matcher spelled = SPELLING.matcher(text.strip());
        if (!spelled.matches()) {
            throw new IllegalArgumentException(
                    "key must be a letter, # or b, and major or minor, such as C major, F# minor, Bb major");
        }
        int root = NATURALS[Character.toUpperCase(spelled.group(1).charAt(0)) - 'A'];
        String sign = spelled.group(2);
        int alteration = sign.isEmpty() ? 0 : sign.equals("#") || sign.equals("♯") ? 1 : -1;
        return new Tonality(
                Math.floorMod(root + alteration, CLASSES),
                spelled.group(3).toLowerCase(Locale.ROOT).startsWith("min"));
    }

    /** Whether a pitch lies in the scale. */
    public boolean contains(int pitch) {
        return ((minor ? MINOR_SCALE : MAJOR_SCALE) >>> Math.floorMod(pitch - root, CLASSES) & 1) != 0;
    }

    /** Whether a pitch lies in the tonic triad. */
    boolean inTriad(int pitch) {
        int degree = Math.floorMod(pitch - root, CLASSES);
        return degree == 0 || degree == 7 || degree == (minor ? 3 : 4);
    }

    /** Whether a pitch is the tonic. */
    boolean isTonic(int pitch) {
        return Math.floorMod(pitch - root, CLASSES) == 0;
    }

    /** How well a pitch class fits this key, 2.19..6.35. */
    double fit(int pitchClass) {
        return (minor ? MINOR_FIT : MAJOR_FIT)[Math.floorMod(pitchClass - root, CLASSES)];
    }

    /**
     * The key that pitch classes fit best, by correlation with Krumhansl and Kessler's ratings.
     *
     * @param weights how much sounds of each pitch class [12], C first
     */
    public static Tonality of(double[] weights) {
        Tonality best = new Tonality(0, false);
        double highest = Double.NEGATIVE_INFINITY;
        for (int root = 0; root < CLASSES; root++) {
            for (boolean minor : new boolean[] {false, true}) {
                double fit = correlation(weights, minor ? MINOR_FIT : MAJOR_FIT, root);
                if (fit > highest) {
                    highest = fit;
                    best = new Tonality(root, minor);
                }
            }
        }
        return best;
    }

    private static double correlation(double[] weights, double[] fit, int root) {
        double meanWeight = 0;
        double meanFit = 0;
        for (int i = 0; i < CLASSES; i++) {
            meanWeight += weights[i] / CLASSES;
            meanFit += fit[i] / CLASSES;
        }
        double product = 0;
        double square = 0;
        double fitSquare = 0;
        for (int i = 0; i < CLASSES; i++) {
            double a = weights[(root + i) % CLASSES] - meanWeight;
            double b = fit[i] - meanFit;
            product += a * b;
            square += a * a;
            fitSquare += b * b;
        }
        return square == 0 ? 0 : product / Math.sqrt(square * fitSquare);
    }

    /** Such as {@code C major}, {@code Eb minor}. */
    @Override
    public String toString() {
        return NAMES.get(root) + (minor ? " minor" : " major");
    }
}
