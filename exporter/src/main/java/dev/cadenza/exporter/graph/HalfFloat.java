package dev.cadenza.exporter.graph;

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
public final class HalfFloat {
    private static final float HIGHEST = 65504;
    private static final int FRACTION_BITS = 10;
    private static final int LOWEST_EXPONENT = -14;

    private HalfFloat() {}

    /**
     * The bits of the nearest half float; of two equally near the one with the even fraction.
     *
     * @throws IllegalArgumentException if there is none near it
     */
    public static short bits(float value) {
        float size = Math.abs(value);
        if (!(size < HIGHEST + 16)) {
            throw new IllegalArgumentException("value (" + value + ") must be within +-" + HIGHEST);
        }
        int sign = (Float.floatToRawIntBits(value) >>> 16) & 0x8000;
        int exponent = Math.max(LOWEST_EXPONENT, Math.getExponent(size));
        // In units of the last place it is 1024..2048, or less at the lowest exponent; rounding up may carry over.
        long units = (long) Math.rint((double) size * Math.scalb(1.0, FRACTION_BITS - exponent));
        long bits = units + ((long) (exponent - LOWEST_EXPONENT) << FRACTION_BITS);
        return (short) (sign | bits);
    }
}
