package dev.cadenza.music;

/**
 * One struck key, its times in ticks of the score it belongs to.
 *
 * @param channel MIDI channel, 0..15
 * @param pitch MIDI pitch, 0..127 (60 is middle C)
 * @param velocity strength of the stroke, 1..127
 * @param startTick when the key goes down, at least 0 and below {@link TempoMap#LAST_TICK}
 * @param durationTicks for how long it sounds, at least 1; the note ends at {@link TempoMap#LAST_TICK} at the latest
 */
public record Note(int channel, int pitch, int velocity, long startTick, long durationTicks) {
    /** The channel that General MIDI keeps for percussion, where a pitch names an instrument. */
    public static final int PERCUSSION_CHANNEL = 9;

    public Note {
        Ranges.check("channel", channel, 0, 15);
        Ranges.check("pitch", pitch, 0, 127);
        Ranges.check("velocity", velocity, 1, 127);
        Ranges.check("startTick", startTick, 0, TempoMap.LAST_TICK - 1);
        Ranges.check("durationTicks", durationTicks, 1, TempoMap.LAST_TICK - startTick);
    }

    /** The first tick at which the note no longer sounds. */
    public long endTick() {
        return startTick + durationTicks;
    }

    /** Whether the note is on the percussion channel, so that its pitch is not a pitch. */
    public boolean isPercussion() {
        return channel == PERCUSSION_CHANNEL;
    }
}
