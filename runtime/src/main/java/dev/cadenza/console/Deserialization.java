package dev.cadenza.console;

import java.io.ObjectInputFilter;

/** Java's own deserialization, which nothing here needs and which makes objects of any class that the bytes name. */
public final class Deserialization {
    /** Refuses every class. */
    private static final String NOTHING = "!*";

    private Deserialization() {}

    /** Refuses it in the whole JVM, unless a filter is set already, as the launchers do. */
    public static void refuse() {
        if (System.getProperty("jdk.serialFilter") == null && ObjectInputFilter.Config.getSerialFilter() == null) {
            ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter(NOTHING));
        }
    }
}
