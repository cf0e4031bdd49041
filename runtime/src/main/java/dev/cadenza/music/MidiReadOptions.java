package dev.cadenza.music;

/**
 * How a MIDI file is read.
 *
 * @param applySustain whether notes last until the sustain pedal lifts (see the package's description) or only as long
 *     as their keys are held
 * @param limits what the file may ask for
 */
public record MidiReadOptions(boolean applySustain, MidiLimits limits) {}
