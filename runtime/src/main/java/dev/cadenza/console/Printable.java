package dev.cadenza.console;

/** Text from outside, such as a file's name, as it may stand in a line of a terminal or a log. */
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

    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
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
