package dev.cadenza.console;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where progress is shown, and by whose clock.
 *
 * @param stream receives the bar or the lines
 * @param redraws whether a carriage return brings the cursor back, so that a bar can be drawn in place
 * @param columns width of a line in characters, at least 20
 * @param nanoClock nanoseconds since an arbitrary start, never going back, as {@link System#nanoTime}
 */
public record Terminal(PrintStream stream, boolean redraws, int columns, LongSupplier nanoClock) {
    private static final int DEFAULT_COLUMNS = 80;
    private static final int LEAST_COLUMNS = 20;
    private static final Path STANDARD_ERROR_LINK = Path.of("/proc/self/fd/2");

    public Terminal {
        if (columns < LEAST_COLUMNS) {
            throw new IllegalArgumentException("columns (" + columns + ") must be at least " + LEAST_COLUMNS);
        }
    }

    /**
     * Standard error of this process.
     *
     * <p>It counts as a terminal when {@code /proc/self/fd/2} leads to one (Linux). Elsewhere Java cannot tell without
     * native code ({@link System#console} is about standard input and output, and since 22 there is always one), so
     * lines are printed unless the launcher found out and says {@code -Dcadenza.terminal=true}; that property wins
     * everywhere. {@code TERM=dumb} turns redrawing off. {@code NO_COLOR} has nothing to turn off: a bar is plain text
     * and carriage returns, without colour or escape
     * sequences. The width is taken from {@code COLUMNS} if that is exported, else 80.
     */
    public static Terminal standardError() {
        Map<String, String> environment = System.getenv();
        return new Terminal(
                System.err,
                redraws(environment, System.getProperty("cadenza.terminal"), linkTarget(STANDARD_ERROR_LINK)),
                columns(environment.get("COLUMNS")),
                System::nanoTime);
    }

    static boolean redraws(Map<String, String> environment, @Nullable String property, @Nullable String standardError) {
        if ("dumb".equals(environment.get("TERM"))) {
            return false;
        }
        if (property != null) {
            return Boolean.parseBoolean(property);
        }
        if (standardError == null) {
            return false;
        }
        return standardError.startsWith("/dev/pts/")
                || standardError.startsWith("/dev/tty")
                || standardError.equals("/dev/console");
    }

    static int columns(@Nullable String value) {
        if (value == null || !value.matches("[0-9]{1,4}")) {
            return DEFAULT_COLUMNS;
        }
        return Math.max(LEAST_COLUMNS, Integer.parseInt(value));
    }

    private static @Nullable String linkTarget(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return null; // no such link on this system: nothing is known
        }
    }
}
