package dev.cadenza.trainer.performer;

import java.util.SplittableRandom;

/**
 * How a piece is changed before it is learned from.
 *
 * @param semitones added to pitches
 * @param stretch factor of all times
 * @param velocity added to velocities, which stay in 1..127
 */
record Augmentation(int semitones, double stretch, int velocity) {
    /** The piece as it is. */
    static final Augmentation NONE = new Augmentation(0, 1, 0);

    private static final int SEMITONES = 3;
    private static final double STRETCH = 0.05;
    private static final int VELOCITY = 8;

    /** Up to 3 semitones, 5 % of time and 8 of velocity, each evenly. */
    static Augmentation drawn(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Augmentation(
                random.nextInt(-SEMITONES, SEMITONES + 1),
                1 + STRETCH * (2 * random.nextDouble() - 1),
                random.nextInt(-VELOCITY, VELOCITY + 1));
    }
}
