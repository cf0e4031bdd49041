package dev.cadenza.music;

/**
 * What a MIDI file may ask for before it is refused. A file of a few bytes can claim hours of silence or gigabytes of
 * data; nothing is allocated on such a claim, and what is really there is held against these bounds.
 *
 * @param maxBytes size of the file, at least 1 and below 2 GiB
 * @param maxEvents events of all tracks together, of every kind, at least 1
 * @param maxSeconds time until the last note ends, more than 0
 */
public record MidiLimits(long maxBytes, int maxEvents, double maxSeconds) {
    /** The longest time without a new note, from the start or between two: no music, and the server plays on after none. */
    public static final double MAX_GAP_SECONDS = 3_600;

    /** For files of one's own: 64 MiB, 5 million events, 24 hours. */
    public static final MidiLimits CORPUS = new MidiLimits(64L << 20, 5_000_000, 86_400);

    /** For files from strangers, a prompt over HTTP: 1 MiB, 200,000 events, 1 hour. */
    public static final MidiLimits PROMPT = new MidiLimits(1L << 20, 200_000, MAX_GAP_SECONDS);

    public MidiLimits {
        Ranges.check("maxBytes", maxBytes, 1, Integer.MAX_VALUE - 8L);
        Ranges.check("maxEvents", maxEvents, 1, Integer.MAX_VALUE);
        if (!(maxSeconds > 0)) {
            throw new IllegalArgumentException("maxSeconds (" + maxSeconds + ") must be more than 0");
        }
    }
}
