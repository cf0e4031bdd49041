package dev.cadenza.generation;

/**
 * Standard normal numbers that are a pure function of seed, step and column: no state, no order of calls, the same bits
 * on every machine ({@link StrictMath}).
 *
 * <p>A counter-based generator: the three keys run through the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast
 * splittable pseudorandom number generators", 2014), and two of its values through Box and Muller's transform,
 * {@code sqrt(-2 ln u) cos(2 pi v)}.
 */
public final class Noise {
    private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;
    private static final double UNIT = 0x1p-53;

    private final long key;

    public Noise(long seed) {
        this.key = mix(seed + GOLDEN_RATIO);
    }

    /** The number at that place. */
    public float normal(long step, int column) {
        long place = mix(key + step * GOLDEN_RATIO) + 2L * column * GOLDEN_RATIO;
        double u = uniform(mix(place));
        double v = uniform(mix(place + GOLDEN_RATIO));
        return (float) (StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v));
    }

    /** Writes the first {@code width} columns of a step. */
    void fill(long step, float[] out, int offset, int width) {
        for (int column = 0; column < width; column++) {
            out[offset + column] = normal(step, column);
        }
    }

    /** Between 0 and 1, both excluded. */
    private static double uniform(long bits) {
        return ((bits >>> 11) + 0.5) * UNIT;
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
