package dev.cadenza.generation.steering;

import java.util.Optional;

/**
 * What is asked of a model that chooses among classes.
 *
 * @param topP 0..1: the fewest most likely choices that make up this much; 1 for all
 * @param minP 0..1: no choice less likely than this share of the likeliest; 0 for all
 * @param key the scale to keep to
 * @param strictKey whether no note outside the key may sound; otherwise it is rare
 * @param notesPerSecond how dense, {@link #LEAST_DENSITY}..{@link #MOST_DENSITY}
 * @param pitches what may be played
 * @param velocities how loud
 * @param guards what it is kept from
 */
public record Steering(
        double topP,
        double minP,
        Optional<Tonality> key,
        boolean strictKey,
        Optional<Double> notesPerSecond,
        Range pitches,
        Range velocities,
        Guards guards) {
    public static final double LEAST_DENSITY = 0.5;
    public static final double MOST_DENSITY = 40;

    /** The piano's keys. */
    public static final Range PIANO = new Range(21, 108);

    /** All velocities. */
    public static final Range ALL_VELOCITIES = new Range(1, 127);

    /** An octave: a narrower range may leave nothing to play. */
    private static final int NARROWEST = 12;

    /** Asks for nothing; all guards are on. */
    public static final Steering NONE =
            new Steering(1, 0, Optional.empty(), false, Optional.empty(), PIANO, ALL_VELOCITIES, Guards.ON);

    /**
     * A range, both ends included.
     *
     * @param lowest at most {@code highest}
     */
    public record Range(int lowest, int highest) {
        public Range {
            if (lowest > highest) {
                throw new IllegalArgumentException("range " + lowest + ".." + highest + " is empty");
            }
        }

        /** Whether a value lies in it. */
        public boolean contains(int value) {
            return value >= lowest && value <= highest;
        }
    }

    public Steering {
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("topP (" + topP + ") must be above 0 and at most 1");
        }
        if (!(minP >= 0 && minP <= 1)) {
            throw new IllegalArgumentException("minP (" + minP + ") must be 0..1");
        }
        notesPerSecond.ifPresent(density -> {
            if (!(density >= LEAST_DENSITY && density <= MOST_DENSITY)) {
                throw new IllegalArgumentException(
                        "density (" + density + ") must be " + LEAST_DENSITY + ".." + MOST_DENSITY);
            }
        });
        if (pitches.lowest() < PIANO.lowest()
                || pitches.highest() > PIANO.highest()
                || pitches.highest() - pitches.lowest() + 1 < NARROWEST) {
            throw new IllegalArgumentException("pitches (" + pitches.lowest() + ".." + pitches.highest()
                    + ") must lie in " + PIANO.lowest() + ".." + PIANO.highest() + " and be an octave or more");
        }
        if (velocities.lowest() < 1 || velocities.highest() > ALL_VELOCITIES.highest()) {
            throw new IllegalArgumentException(
                    "velocities (" + velocities.lowest() + ".." + velocities.highest() + ") must lie in 1..127");
        }
    }

    /** Whether nothing but guards is set: a model without choices can do it. */
    public boolean isNeutral() {
        return equals(NONE.withGuards(guards))
                && (guards.hands().isEmpty() || guards.hands().equals(Guards.ON.hands()));
    }

    public Steering withTopP(double newTopP) {
        return new Steering(newTopP, minP, key, strictKey, notesPerSecond, pitches, velocities, guards);
    }

    public Steering withMinP(double newMinP) {
        return new Steering(topP, newMinP, key, strictKey, notesPerSecond, pitches, velocities, guards);
    }

    public Steering withKey(Tonality newKey, boolean strict) {
        return new Steering(topP, minP, Optional.of(newKey), strict, notesPerSecond, pitches, velocities, guards);
    }

    public Steering withDensity(double density) {
        return new Steering(topP, minP, key, strictKey, Optional.of(density), pitches, velocities, guards);
    }

    public Steering withPitches(Range newPitches) {
        return new Steering(topP, minP, key, strictKey, notesPerSecond, newPitches, velocities, guards);
    }

    public Steering withVelocities(Range newVelocities) {
        return new Steering(topP, minP, key, strictKey, notesPerSecond, pitches, newVelocities, guards);
    }

    public Steering withGuards(Guards newGuards) {
        return new Steering(topP, minP, key, strictKey, notesPerSecond, pitches, velocities, newGuards);
    }
}
