package dev.cadenza.server.serving;

import java.util.regex.Pattern;

/**
 * A name for a version that can be moved to another.
 *
 * @param version the version's number
 * @param weight of {@link #CANARY}: the share of the bare name's requests that it gets, 0..1; of all others 0
 */
public record Label(int version, double weight) {
    /** What the bare name means, once it is set. */
    public static final String STABLE = "stable";

    /** The version that gets a share of the bare name's requests. */
    public static final String CANARY = "canary";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");

    public Label {
        if (!(weight >= 0 && weight <= 1)) {
            throw new IllegalArgumentException("weight (" + weight + ") must be 0..1");
        }
    }

    /** Whether the text can be a label. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
