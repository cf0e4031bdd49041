package dev.cadenza.music;

import java.util.List;

/**
 * What came of reading a MIDI file.
 *
 * @param score the music
 * @param warnings what is against the standard and was read all the same; at most one of each kind, mostly none
 */
public record MidiReading(Score score, List<MidiWarning> warnings) {
    public MidiReading {
        warnings = List.copyOf(warnings);
    }
}
