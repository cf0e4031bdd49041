package dev.cadenza.music;

/** Refuses arguments outside their range, in one wording. */
final class Ranges {
    private Ranges() {}

    static void check(String name, long value, long lowest, long highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException("%s (%d) must be in %d..%d".formatted(name, value, lowest, highest));
        }
    }
}
