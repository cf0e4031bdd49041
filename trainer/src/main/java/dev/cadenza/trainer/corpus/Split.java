package dev.cadenza.trainer.corpus;

import java.util.Locale;

/** The three parts of a corpus. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST;

    /** The name used in files and on the command line: {@code train}, {@code validation}, {@code test}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The split of a label.
     *
     * @throws IllegalArgumentException naming the value when it is not a split
     */
    public static Split of(String label) {
        for (Split split : values()) {
            if (split.label().equals(label)) {
                return split;
            }
        }
        throw new IllegalArgumentException("split (" + label + ") must be train, validation or test");
    }
}
