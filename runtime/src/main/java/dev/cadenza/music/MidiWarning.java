package dev.cadenza.music;

import java.util.OptionalInt;

/**
 * Something in a MIDI file that is against the standard and was read all the same, as other readers do.
 *
 * @param problem what is wrong, and what became of it; without the place
 * @param offset the byte, counted from 0, at which it was first met
 * @param track the track, counted from 0 in the order of the file; empty outside a track
 */
public record MidiWarning(String problem, long offset, OptionalInt track) {
    /** The problem and its place, in one line. */
    public String message() {
        return problem + " (at byte " + offset + (track.isPresent() ? ", track " + track.getAsInt() : "") + ")";
    }
}
