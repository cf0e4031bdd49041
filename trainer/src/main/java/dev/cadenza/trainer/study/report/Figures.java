package dev.cadenza.trainer.study.report;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures as text, in tables and in sentences. */
public final class Figures {
    private Figures() {}

    /** A number under a format; {@code -} when it is missing, null or not finite. */
    public static String of(String format, @Nullable Double value) {
        return value != null && Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
    }

    /** The middle of some values, of which there is at least one; the mean of the two middle ones of an even number. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
