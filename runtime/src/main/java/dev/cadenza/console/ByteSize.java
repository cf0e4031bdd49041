package dev.cadenza.console;

import java.util.Locale;

/** Numbers of bytes as people say them. */
public final class ByteSize {
    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private ByteSize() {}

    /** Such as {@code 1 MiB}, {@code 13.5 MiB}, {@code 900 bytes}. */
    public static String of(long bytes) {
        if (bytes < KIB) {
            return bytes == 1 ? "1 byte" : bytes + " bytes";
        }
        if (bytes < MIB) {
            return in(bytes, KIB, "KiB");
        }
        return bytes < GIB ? in(bytes, MIB, "MiB") : in(bytes, GIB, "GiB");
    }

    private static String in(long bytes, long unit, String name) {
        String number = bytes % unit == 0
                ? Long.toString(bytes / unit)
                : String.format(Locale.ROOT, "%.1f", bytes / (double) unit);
        return number + " " + name;
    }
}
