package dev.cadenza.files;

/** Text from outside, such as the name of a file or of a field, as it may stand in a message or a log line. */
public final class Printable {
    private Printable() {}

    /**
     * The text with whatever would break the line or steer the terminal escaped: {@code \n}, {@code \r}, {@code \t},
     * {@code \x1B}, {@code \u202E}. Ordinary text comes back as it is.
     */
    public static String of(String text) {
        if (text.codePoints().allMatch(Printable::isPlain)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(point -> append(escaped, point));
        return escaped.toString();
    }

    /**
     * The same, cut to a length.
     *
     * @param longest code points of the result, at least 3; a longer one is cut and ends in three dots
     */
    public static String of(String text, int longest) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().limit(longest + 1L).forEach(point -> append(escaped, point));
        if (escaped.codePointCount(0, escaped.length()) > longest) {
            escaped.setLength(escaped.offsetByCodePoints(0, longest - 3));
            escaped.append("...");
        }
        return escaped.toString();
    }

    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static void append(StringBuilder escaped, int point) {
        if (isPlain(point)) {
            escaped.appendCodePoint(point);
            return;
        }
        switch (point) {
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\t' -> escaped.append("\\t");
            default -> escaped.append(point < 0x100 ? "\\x%02X".formatted(point) : "\\u%04X".formatted(point));
        }
    }
}
