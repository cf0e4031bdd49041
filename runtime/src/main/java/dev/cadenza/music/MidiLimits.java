package dev.cadenza.music;

/**
 * What a MIDI file may ask for before it is refused. A file of a few bytes can claim hours of silence or gigabytes of
 * data; nothing is allocated on such a claim, and what is really there is held against these bounds.
 *
 * @param maxBytes size of the file, at least 1 and below 2 GiB
 * @param maxEvents events of all tracks together, of every kind, at least 1
 * @param maxSeconds time until the last note ends, more than 0
 * @param maxGapSeconds time in which no note begins, from the start or from another note on, more than 0
 */
public record MidiLimits(long maxBytes, int maxEvents, double maxSeconds, double maxGapSeconds) {
    private static final double HOUR = 3_600;

    /** For files of one's own: 64 MiB, 5 million events, 24 hours, a gap of 1 hour as in a prompt. */
    public static final MidiLimits CORPUS = new MidiLimits(64L << 20, 5_000_000, 24 * HOUR, HOUR);

    /** For files from strangers, a prompt over HTTP: 1 MiB, 200,000 events, 1 hour. */
    public static final MidiLimits PROMPT = new MidiLimits(1L << 20, 200_000, HOUR);

    /** Limits under which a gap may last as long as the file. */
    public MidiLimits(long maxBytes, int maxEvents, double maxSeconds) {
        this(maxBytes, maxEvents, maxSeconds, maxSeconds);
    }

    public MidiLimits {
        Ranges.check("maxBytes", maxBytes, 1, Integer.MAX_VALUE - 8L);
        Ranges.check("maxEvents", maxEvents, 1, Integer.MAX_VALUE);
        if (!(maxSeconds > 0)) {
            throw new IllegalArgumentException("maxSeconds (" + maxSeconds + ") must be more than 0");
        }
        if (!(maxGapSeconds > 0)) {
            throw new IllegalArgumentException("maxGapSeconds (" + maxGapSeconds + ") must be more than 0");
        }
    }
}
