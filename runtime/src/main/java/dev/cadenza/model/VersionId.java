package dev.cadenza.model;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * One version of one model, written {@code name@3}.
 *
 * @param name matches {@code [a-z0-9][a-z0-9._-]{0,63}}
 * @param version 1 to 999,999,999
 */
public record VersionId(String name, int version) implements Comparable<VersionId> {
    static final int MAX_VERSION = 999_999_999;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Comparator<VersionId> ORDER =
            Comparator.comparing(VersionId::name).thenComparingInt(VersionId::version);

    public VersionId {
        requireName(name);
        if (version < 1 || version > MAX_VERSION) {
            throw new IllegalArgumentException("version (" + version + ") must be 1.." + MAX_VERSION);
        }
    }

    /**
     * Reads {@code name@3}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static VersionId parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 0 || !isNumber(text.substring(at + 1))) {
            throw new IllegalArgumentException("version (" + text + ") must be written name@number");
        }
        return new VersionId(text.substring(0, at), Integer.parseInt(text.substring(at + 1)));
    }

    /** Whether the text can be a model's name. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Whether the text can be a version's folder: a positive integer of at most nine digits, no leading zero. */
    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    static void requireName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("name (" + name + ") must match " + NAME.pattern());
        }
    }

    /** By name, then by number. */
    @Override
    public int compareTo(VersionId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
