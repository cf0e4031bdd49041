package dev.cadenza.notematrix;

import java.util.Arrays;

/**
 * Times as classes: one class for each tick below {@code exact}, then buckets that grow by a constant factor up to
 * {@code longest}; a longer time counts as the longest.
 *
 * <p>Bucket k of n begins at {@code round(exact * ((longest + 1) / exact)^(k / n))} ticks and ends before the next one
 * begins. Within a bucket all ticks are equally likely: a time's probability is its class' divided by the class' width.
 * Immutable.
 */
public final class TickClasses {
    private final int exact;
    private final int buckets;
    private final int longest;
    /** First tick of each class, and behind the last one its end. */
    private final int[] starts;

    /**
     * @param exact ticks with a class of their own: 0..exact-1, at least 1
     * @param buckets at least 1
     * @param longest the last tick of the last bucket, at least {@code exact + buckets - 1}
     */
    public TickClasses(int exact, int buckets, int longest) {
        if (exact < 1 || buckets < 1 || longest > NoteMatrix.FINEST || longest - exact + 1 < buckets) {
            throw new IllegalArgumentException("tick classes: exact (" + exact + ") and buckets (" + buckets
                    + ") must be at least 1, longest (" + longest + ") at least exact + buckets - 1");
        }
        this.exact = exact;
        this.buckets = buckets;
        this.longest = longest;
        starts = new int[exact + buckets + 1];
        for (int tick = 0; tick < exact; tick++) {
            starts[tick] = tick;
        }
        double factor = StrictMath.log((longest + 1.0) / exact);
        for (int bucket = 0; bucket <= buckets; bucket++) {
            int start = (int) StrictMath.round(exact * StrictMath.exp(factor * bucket / buckets));
            // Near the exact ticks a factor may be less than a tick.
            starts[exact + bucket] = bucket == 0 ? exact : Math.max(start, starts[exact + bucket - 1] + 1);
        }
        if (starts[exact + buckets] != longest + 1) {
            throw new IllegalArgumentException("buckets (" + buckets + ") are too many between exact (" + exact
                    + ") and longest (" + longest + ")");
        }
    }

    public int exact() {
        return exact;
    }

    public int buckets() {
        return buckets;
    }

    public int longest() {
        return longest;
    }

    /** How many classes there are: exact + buckets. */
    public int count() {
        return exact + buckets;
    }

    /**
     * The class of a time, 0..count-1.
     *
     * @param ticks at least 0
     */
    public int of(int ticks) {
        if (ticks < exact) {
            return ticks;
        }
        if (ticks >= longest) {
            return count() - 1;
        }
        int found = Arrays.binarySearch(starts, exact, starts.length, ticks);
        return found >= 0 ? found : -found - 2;
    }

    /** The shortest time of a class, in ticks. */
    public int start(int ofClass) {
        return starts[ofClass];
    }

    /** How many ticks a class has: 1 where times are exact. */
    public int width(int ofClass) {
        return starts[ofClass + 1] - starts[ofClass];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TickClasses classes && Arrays.equals(starts, classes.starts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(starts);
    }

    @Override
    public String toString() {
        return "TickClasses[exact=" + exact + ", buckets=" + buckets + ", longest=" + longest + "]";
    }
}
