package dev.cadenza.server.http.access;

/**
 * How often a client may ask.
 *
 * @param perMinute requests in the long run, more than 0 and at most 1,000,000
 * @param burst requests at once after a pause, 1..100,000
 */
public record Rate(double perMinute, int burst) {
    private static final double MOST = 1e6;
    private static final int LARGEST_BURST = 100_000;
    private static final double BURST_MINUTES = 1.0 / 6;

    public Rate {
        if (!(perMinute > 0 && perMinute <= MOST)) {
            throw new IllegalArgumentException(
                    "requests per minute (" + perMinute + ") must be above 0, at most 1000000");
        }
        if (burst < 1 || burst > LARGEST_BURST) {
            throw new IllegalArgumentException("burst (" + burst + ") must be 1.." + LARGEST_BURST);
        }
    }

    /** With the burst of ten seconds, at least one. */
    public static Rate perMinute(double perMinute) {
        return new Rate(perMinute, (int) Math.max(1, Math.min(LARGEST_BURST, Math.ceil(perMinute * BURST_MINUTES))));
    }
}
