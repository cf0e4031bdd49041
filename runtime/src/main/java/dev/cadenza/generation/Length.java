package dev.cadenza.generation;

/** How much new music is wanted: a number of notes, or of seconds. */
public sealed interface Length {
    /** The most notes of any request, whichever way its length is given. */
    int MAX_NOTES = 10_000;

    /**
     * So many new notes.
     *
     * @param count 1..{@link #MAX_NOTES}
     */
    record Notes(int count) implements Length {
        public Notes {
            if (count < 1 || count > MAX_NOTES) {
                throw new IllegalArgumentException("notes (" + count + ") must be 1.." + MAX_NOTES);
            }
        }
    }

    /**
     * Notes that begin within this time after the prompt's last onset, or after the first note if there is no prompt;
     * the last ones are cut so that nothing sounds longer. Ends after {@link #MAX_NOTES} notes at the latest, and
     * {@link Variation#shortened} says so.
     *
     * @param seconds more than 0, at most {@link #MAX_SECONDS}
     */
    record Seconds(double seconds) implements Length {
        public static final double MAX_SECONDS = 3600;

        public Seconds {
            if (!(seconds > 0 && seconds <= MAX_SECONDS)) {
                throw new IllegalArgumentException(
                        "seconds (" + seconds + ") must be more than 0 and at most " + MAX_SECONDS);
            }
        }
    }
}
