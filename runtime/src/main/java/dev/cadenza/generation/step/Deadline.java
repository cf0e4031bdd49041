package dev.cadenza.generation.step;

import java.time.Duration;

/** The time until which a result is waited for, on the clock of {@link System#nanoTime}. */
public final class Deadline {
    /** Never passes. */
    public static final Deadline NONE = new Deadline(0, false);

    private final long nanoTime;
    private final boolean set;

    private Deadline(long nanoTime, boolean set) {
        this.nanoTime = nanoTime;
        this.set = set;
    }

    /** That long from now; at most a year, so that the clock cannot overflow. */
    public static Deadline after(Duration duration) {
        if (duration.isNegative() || duration.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException("duration (" + duration + ") must be 0..365 days");
        }
        return new Deadline(System.nanoTime() + duration.toNanos(), true);
    }

    public boolean passed() {
        return set && System.nanoTime() - nanoTime >= 0;
    }
}
