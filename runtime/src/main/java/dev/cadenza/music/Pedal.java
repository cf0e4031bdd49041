package dev.cadenza.music;

/** How a written file says what the sustain pedal does. */
public enum Pedal {
    /** Not at all: each note is written as long as it sounds. */
    WRITTEN,
    /**
     * As controller 64: notes that end together are released earlier and held by the pedal. A reader that applies the pedal
     * gets the same notes as from {@link #WRITTEN}.
     */
    HELD
}
