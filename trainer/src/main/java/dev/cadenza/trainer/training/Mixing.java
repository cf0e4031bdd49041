package dev.cadenza.trainer.training;

/** Seeds for independent streams out of one seed: SplitMix64's finaliser (Steele, Lea and Flood, 2014). */
public final class Mixing {
    private Mixing() {}

    /** A seed out of a seed and keys. */
    public static long mix(long seed, long... keys) {
        long mixed = finalise(seed + 0x9e3779b97f4a7c15L);
        for (long key : keys) {
            mixed = finalise((mixed ^ key) + 0x9e3779b97f4a7c15L);
        }
        return mixed;
    }

    private static long finalise(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
