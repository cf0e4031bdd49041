package dev.cadenza.generation.step;

/**
 * Random numbers that are a pure function of seed, step and column: no state, no order of calls, the same bits on every
 * machine ({@link StrictMath}).
 *
 * <p>A counter-based generator: the three keys run through the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast
 * splittable pseudorandom number generators", 2014). Two of its values make a standard normal number by Box and Muller's
 * transform, {@code sqrt(-2 ln u) cos(2 pi v)}; one makes a number of Gumbel's distribution, {@code -ln(-ln u)}, whose
 * greatest sum with logarithms of weights chooses in proportion to the weights; one is a uniform number.
 */
public final class Noise {
    private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;
    private static final double UNIT = 0x1p-53;

    /** What {@link #fill} writes. */
    public enum Distribution {
        NORMAL,
        GUMBEL
    }

    /** Uniform numbers have places that no other number has. */
    private static final long UNIFORM_STREAM = 0x6a09e667f3bcc909L;

    private final long key;

    public Noise(long seed) {
        this.key = mix(seed + GOLDEN_RATIO);
    }

    /** The number at that place. */
    public float normal(long step, int column) {
        long place = mix(key + step * GOLDEN_RATIO) + 2L * column * GOLDEN_RATIO;
        double u = uniform(mix(place));
        double v = uniform(mix(place + GOLDEN_RATIO));
        return (float) (StrictMath.sqrt(-2 * StrictLog.of(u)) * StrictMath.cos(2 * Math.PI * v));
    }

    /** Gumbel's standard distribution: mean .5772, deviation 1.2825. */
    public float gumbel(long step, int column) {
        long place = mix(key + step * GOLDEN_RATIO) + 2L * column * GOLDEN_RATIO;
        return gumbel(mix(place));
    }

    private static float gumbel(long bits) {
        return (float) -StrictLog.of(-StrictLog.of(uniform(bits)));
    }

    /** In [0, 1). */
    public float uniform(long step, int column) {
        long place = mix((key ^ UNIFORM_STREAM) + step * GOLDEN_RATIO) + 2L * column * GOLDEN_RATIO;
        // 24 bits: the float can never round up to 1.
        return (mix(place) >>> 40) * 0x1p-24f;
    }

    /** Writes the first {@code width} columns of a step. */
    public void fill(Distribution distribution, long step, float[] out, int offset, int width) {
        if (distribution == Distribution.NORMAL) {
            for (int column = 0; column < width; column++) {
                out[offset + column] = normal(step, column);
            }
            return;
        }
        long place = mix(key + step * GOLDEN_RATIO);
        for (int column = 0; column < width; column++) {
            out[offset + column] = gumbel(mix(place + 2L * column * GOLDEN_RATIO));
        }
    }

    /** Writes the first {@code width} uniform numbers of a step. */
    public void fillUniform(long step, float[] out, int offset, int width) {
        for (int column = 0; column < width; column++) {
            out[offset + column] = uniform(step, column);
        }
    }

    /** Between 0 and 1, both excluded. */
    private static double uniform(long bits) {
        // The greatest would be rounded up to 1.
        return Math.min(((bits >>> 11) + 0.5) * UNIT, Math.nextDown(1.0));
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
