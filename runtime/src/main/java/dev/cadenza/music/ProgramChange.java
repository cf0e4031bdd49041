package dev.cadenza.music;

/**
 * From a tick on, a channel plays with this instrument.
 *
 * @param tick 0..{@link TempoMap#LAST_TICK}
 * @param channel MIDI channel, 0..15
 * @param program General MIDI program counted from 0, 0..127 (0 is the acoustic grand piano)
 */
public record ProgramChange(long tick, int channel, int program) {
    public ProgramChange {
        Ranges.check("tick", tick, 0, TempoMap.LAST_TICK);
        Ranges.check("channel", channel, 0, 15);
        Ranges.check("program", program, 0, 127);
    }
}
