package dev.cadenza.generation;

import java.util.Locale;

/**
 * Why new music is shorter than the seconds that were asked for.
 *
 * @param reason why
 * @param askedSeconds what was asked for
 * @param seconds from where new notes count until the last one falls silent; 0 without one
 */
public record Shortened(Reason reason, double askedSeconds, double seconds) {
    /** What may end a piece before its time. */
    public enum Reason {
        /** It has as many notes as any piece may have, {@link Length#MAX_NOTES}. */
        MOST_NOTES,
        /** The first note after the prompt would begin later. */
        NO_NOTE;

        /** As in answers: {@code most_notes}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
