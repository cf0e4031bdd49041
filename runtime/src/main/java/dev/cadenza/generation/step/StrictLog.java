package dev.cadenza.generation.step;

/**
 * The natural logarithm, to the bit that of {@link StrictMath#log}, without the call into native code that it is on some
 * versions of Java and several times as fast there.
 *
 * <p>Both are the logarithm of Sun's fdlibm, which the Java platform prescribes for {@link StrictMath}; its error is
 * below 1 ulp. {@code x = 2^k (1 + f)} with {@code 1 + f} in about .707..1.414, {@code s = f / (2 + f)}, and
 *
 * <pre>
 * ln(1 + f) = f - s (f - R)             R = s^2 L1 + s^4 L2 + .. + s^14 L7
 *           = f - (f^2/2 - s (f^2/2 + R))
 * </pre>
 *
 * Source: fdlibm 5.3, {@code e_log.c}.
 */
final class StrictLog {
    private static final double LN2_HIGH = Double.longBitsToDouble(0x3fe62e42fee00000L);
    private static final double LN2_LOW = Double.longBitsToDouble(0x3dea39ef35793c76L);
    private static final double L1 = Double.longBitsToDouble(0x3fe5555555555593L);
    private static final double L2 = Double.longBitsToDouble(0x3fd999999997fa04L);
    private static final double L3 = Double.longBitsToDouble(0x3fd2492494229359L);
    private static final double L4 = Double.longBitsToDouble(0x3fcc71c51d8e78afL);
    private static final double L5 = Double.longBitsToDouble(0x3fc7466496cb03deL);
    private static final double L6 = Double.longBitsToDouble(0x3fc39a09d078c69fL);
    private static final double L7 = Double.longBitsToDouble(0x3fc2f112df3e5244L);

    private static final int FRACTION = 0x000fffff;
    private static final int ONE = 0x3ff00000;
    private static final int BIAS = 1023;

    private StrictLog() {}

    /** ln x, as {@link StrictMath#log}. */
    static double of(double x) {
        if (!(x >= Double.MIN_NORMAL && x < Double.POSITIVE_INFINITY)) {
            return StrictMath.log(x);
        }
        long bits = Double.doubleToRawLongBits(x);
        int high = (int) (bits >>> 32);
        int fraction = high & FRACTION;
        // 1 where the fraction is above that of the square root of 2: then a half of it is nearer to 1.
        int above = ((fraction + 0x95f64) >>> 20) & 1;
        int k = (high >>> 20) - BIAS + above;
        long reduced = ((long) (fraction | (ONE - (above << 20))) << 32) | (bits & 0xffffffffL);
        double f = Double.longBitsToDouble(reduced) - 1;
        if ((FRACTION & (2 + fraction)) < 3) {
            return near1(f, k);
        }
        double s = f / (2 + f);
        double z = s * s;
        double w = z * z;
        double r = z * (L1 + w * (L3 + w * (L5 + w * L7))) + w * (L2 + w * (L4 + w * L6));
        int halfSquare = (fraction - 0x6147a) | (0x6b851 - fraction);
        if (halfSquare > 0) {
            double half = 0.5 * f * f;
            return k == 0 ? f - (half - s * (half + r)) : k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f);
        }
        return k == 0 ? f - s * (f - r) : k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
    }

    /** For |f| below 2^-20. */
    private static double near1(double f, int k) {
        if (f == 0) {
            return k == 0 ? 0 : k * LN2_HIGH + k * LN2_LOW;
        }
        double r = f * f * (0.5 - 0.3333333333333333 * f);
        return k == 0 ? f - r : k * LN2_HIGH - (r - k * LN2_LOW - f);
    }
}
