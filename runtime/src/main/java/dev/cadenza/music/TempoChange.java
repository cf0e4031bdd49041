package dev.cadenza.music;

/**
 * From a tick on, a quarter note lasts so long.
 *
 * @param tick 0..{@link TempoMap#LAST_TICK}
 * @param microsPerQuarter microseconds per quarter note, 1..{@link #SLOWEST} (500,000 is 120 beats a minute)
 */
public record TempoChange(long tick, int microsPerQuarter) {
    /** The longest quarter note that a MIDI file can write, in microseconds (24 bits). */
    public static final int SLOWEST = 0xFF_FFFF;

    public TempoChange {
        Ranges.check("tick", tick, 0, TempoMap.LAST_TICK);
        Ranges.check("microsPerQuarter", microsPerQuarter, 1, SLOWEST);
    }
}
