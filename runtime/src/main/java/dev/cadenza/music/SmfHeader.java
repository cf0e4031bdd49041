package dev.cadenza.music;

import java.util.List;

/**
 * The header chunk of a MIDI file.
 *
 * @param tracks the number of tracks that it declares
 * @param division its 16 bits of time division: ticks per quarter note, or frames per second (negated, high byte) and
 *     ticks per frame (low byte)
 */
record SmfHeader(int tracks, int division) {
    private static final int SHORTEST = 6;

    static SmfHeader read(ByteCursor in) throws MidiFormatException {
        int start = in.position();
        if (!in.isAt(start, "MThd")) {
            throw in.problem(ForeignFormat.problem(in));
        }
        in.skip(4, "the header");
        long length = in.unsignedInt("the header's length");
        if (length < SHORTEST) {
            throw in.problem("the header's length is " + length + " but must be at least " + SHORTEST);
        }
        int body = in.position();
        int format = in.unsignedShort("the header");
        int tracks = in.unsignedShort("the header");
        int division = in.unsignedShort("the header");
        if (format > 1) {
            throw in.problemAt(body, "format " + format + " is not supported: only 0 and 1 are one piece of music");
        }
        checkDivision(in, division);
        in.skip(length - SHORTEST, "the header");
        return new SmfHeader(tracks, division);
    }

    private static void checkDivision(ByteCursor in, int division) throws MidiFormatException {
        int place = in.position() - 2;
        if (division == 0) {
            throw in.problemAt(place, "the time division is 0 but must be at least 1 tick per quarter note");
        }
        if (division > 0x7FFF) {
            int frames = -(byte) (division >> 8);
            if (frames != 24 && frames != 25 && frames != 29 && frames != 30) {
                throw in.problemAt(
                        place, "the time division has " + frames + " frames per second: not 24, 25, 29 or 30");
            }
            if ((division & 0xFF) == 0) {
                throw in.problemAt(place, "the time division has 0 ticks per frame but must have at least 1");
            }
        }
    }

    /**
     * The clock of the file: in SMPTE time tempo changes mean nothing, a tick has its length from the division alone.
     */
    TempoMap tempoMap(List<TempoChange> tempos) {
        if (division <= 0x7FFF) {
            return TempoMap.of(division, tempos);
        }
        int frames = -(byte) (division >> 8);
        int ticksPerFrame = division & 0xFF;
        if (frames == 29) {
            // 29 stands for 30000/1001 frames per second: 15 frames last 500.5 ms.
            return TempoMap.constant(15 * ticksPerFrame, 500_500);
        }
        int ticksPerSecond = frames * ticksPerFrame;
        return ticksPerSecond % 2 == 0
                ? TempoMap.constant(ticksPerSecond / 2, 500_000)
                : TempoMap.constant(ticksPerSecond, 1_000_000);
    }
}
