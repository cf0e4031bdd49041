package dev.cadenza.music;

import java.util.OptionalInt;

/** A MIDI file that cannot be read without guessing or losing notes, or that is larger than its limits allow. */
public final class MidiFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final String problem;
    private final long offset;
    private final int track;

    MidiFormatException(String source, String problem, long offset, int track) {
        super(source + ": " + problem + " (at byte " + offset + (track < 0 ? "" : ", track " + track) + ")");
        this.source = source;
        this.problem = problem;
        this.offset = offset;
        this.track = track;
    }

    /** What is wrong, without the place. */
    public String problem() {
        return problem;
    }

    /** The name of the data, as the reader was given it. */
    public String source() {
        return source;
    }

    /** The byte, counted from 0 at the start of the data, at which the problem was found. */
    public long offset() {
        return offset;
    }

    /** The track, counted from 0 in the order of the file; empty outside a track. */
    public OptionalInt track() {
        return track < 0 ? OptionalInt.empty() : OptionalInt.of(track);
    }
}
