package dev.cadenza.trainer.study.section;

import java.util.Locale;

/**
 * y = a x^b by least squares of ln y over ln x.
 *
 * @param r2 share of the variance of ln y that it explains
 */
record PowerLaw(double a, double b, double r2) {
    /**
     * Fits.
     *
     * @throws IllegalArgumentException when there are fewer than two points, one is not above 0 or has no partner
     */
    static PowerLaw fit(double[] xs, double[] ys) {
        if (xs.length != ys.length) {
            throw new IllegalArgumentException("points have " + xs.length + " x and " + ys.length + " y");
        }
        if (xs.length < 2) {
            throw new IllegalArgumentException("points (" + xs.length + ") must be at least 2");
        }
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < xs.length; i++) {
            if (!(xs[i] > 0 && ys[i] > 0)) {
                throw new IllegalArgumentException("point (" + xs[i] + ", " + ys[i] + ") must be above 0");
            }
            meanX += Math.log(xs[i]) / xs.length;
            meanY += Math.log(ys[i]) / xs.length;
        }
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < xs.length; i++) {
            double dx = Math.log(xs[i]) - meanX;
            double dy = Math.log(ys[i]) - meanY;
            xx += dx * dx;
            xy += dx * dy;
            yy += dy * dy;
        }
        double b = xx == 0 ? 0 : xy / xx;
        return new PowerLaw(Math.exp(meanY - b * meanX), b, yy == 0 ? 1 : xx == 0 ? 0 : xy * xy / (xx * yy));
    }

    double at(double x) {
        return a * Math.pow(x, b);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.4g x^%.4f (R^2 %.3f)", a, b, r2);
    }
}
