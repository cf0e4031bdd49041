package dev.cadenza.console;

import java.util.Locale;

/** The words of a progress bar: no clock, no stream. */
record ProgressText(String label, String unit, long total /* negative: unknown */) {
    private static final int MOST_CELLS = 30;
    private static final int LEAST_CELLS = 8;

    /**
     * What is known at one moment.
     *
     * @param done how much is done
     * @param doneHere how much of it was done in {@code seconds}
     * @param seconds since the start
     * @param ended whether no more will come
     * @param note a remark, may be empty
     */
    record State(long done, long doneHere, double seconds, boolean ended, String note) {
        double perSecond() {
            return seconds > 0 ? doneHere / seconds : 0;
        }
    }

    /** One plain line, such as {@code fetch: 12.3 MB of 56.1 MB (21 %), 4.1 MB/s, 0:11 left}. */
    String line(State state) {
        String percent = total > 0 ? " (" + percent(state) + " %)" : "";
        return label + ": " + amounts(state) + percent + ", " + rateAndTime(state, ", ") + remark(state, ", ");
    }

    /** The same with a bar in front, cut to {@code width} characters. */
    String bar(State state, int width) {
        String tail = amounts(state) + "  " + rateAndTime(state, "  ") + remark(state, "  ");
        String line;
        if (total > 0) {
            String percent = String.format(Locale.ROOT, "%3d %%", percent(state));
            int room = width - label.length() - tail.length() - percent.length() - " [] ".length() - 2;
            int cells = Math.max(LEAST_CELLS, Math.min(MOST_CELLS, room));
            int full = (int) (cells * fraction(state));
            line = label + " [" + "#".repeat(full) + "-".repeat(cells - full) + "] " + percent + "  " + tail;
        } else {
            line = label + "  " + tail;
        }
        return line.length() <= width ? line : line.substring(0, width);
    }

    private double fraction(State state) {
        return Math.min(1, state.done() / (double) total);
    }

    /** Rounded down, so that 100 % means all of it. */
    private int percent(State state) {
        return (int) (100 * fraction(state));
    }

    private String amounts(State state) {
        if (unit.equals(ProgressBar.BYTES)) {
            return bytes((double) state.done()) + (total >= 0 ? " of " + bytes((double) total) : "");
        }
        String of = total >= 0 ? String.format(Locale.ROOT, " of %,d", total) : "";
        return String.format(Locale.ROOT, "%,d", state.done()) + of + " " + unit;
    }

    private String rateAndTime(State state, String separator) {
        double perSecond = state.perSecond();
        String rate = unit.equals(ProgressBar.BYTES) ? bytes(perSecond) + "/s" : rate(perSecond) + " " + unit + "/s";
        if (state.ended()) {
            return rate + separator + "took " + time(state.seconds());
        }
        if (total < 0) {
            return rate + separator + time(state.seconds());
        }
        String left = perSecond > 0 ? time(Math.max(0, total - state.done()) / perSecond) : "?";
        return rate + separator + left + " left";
    }

    private static String remark(State state, String separator) {
        // A line break in a remark would tear the bar.
        return state.note().isEmpty() ? "" : separator + state.note().replaceAll("\\p{Cntrl}", " ");
    }

    private static String rate(double perSecond) {
        if (perSecond >= 100) {
            return String.format(Locale.ROOT, "%,.0f", perSecond);
        }
        return String.format(Locale.ROOT, perSecond >= 1 ? "%.1f" : "%.2g", perSecond);
    }

    private static String bytes(double count) {
        if (count < 1e6) {
            return String.format(Locale.ROOT, "%.1f kB", count / 1e3);
        }
        return count < 1e9
                ? String.format(Locale.ROOT, "%.1f MB", count / 1e6)
                : String.format(Locale.ROOT, "%.2f GB", count / 1e9);
    }

    /** Hours, minutes and seconds as h:mm:ss or m:ss, rounded up. */
    private static String time(double seconds) {
        long whole = (long) Math.ceil(Math.min(seconds, 1e9));
        long hours = whole / 3600;
        long minutes = whole / 60 % 60;
        return hours > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", minutes, whole % 60);
    }
}
