package dev.cadenza.music;

/**
 * From a tick on, the music is written with so many accidentals.
 *
 * @param tick 0..{@link TempoMap#LAST_TICK}
 * @param sharps sharps when positive, flats when negative, -7..7
 * @param minor whether the key is a minor one
 */
public record KeySignature(long tick, int sharps, boolean minor) {
    public KeySignature {
        Ranges.check("tick", tick, 0, TempoMap.LAST_TICK);
        Ranges.check("sharps", sharps, -7, 7);
    }
}
