package dev.cadenza.server.catalog;

import dev.cadenza.files.Sha256;

/** Decides by name and seed, so that a repeated request meets the same version. */
final class CanaryDraw {
    private static final int FRACTION_BITS = 53;

    private CanaryDraw() {}

    /** Whether the request is among the share of {@code weight}; who is in a share is in every larger one. */
    static boolean isDrawn(String name, long seed, double weight) {
        return fraction(name, seed) < weight;
    }

    /** The first 53 bits of SHA-256 of {@code name:seed} as a fraction, [0, 1). */
    static double fraction(String name, long seed) {
        byte[] hash = Sha256.of(name + ":" + seed);
        long bits = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bits = (bits << Byte.SIZE) | (hash[i] & 0xff);
        }
        return (bits >>> (Long.SIZE - FRACTION_BITS)) * 0x1p-53;
    }
}
