package dev.cadenza.music;

/** The RIFF form {@code RMID}: a MIDI file as the chunk {@code data} of a RIFF file. */
final class RiffWrapper {
    private RiffWrapper() {}

    /**
     * Narrows the cursor to the MIDI file inside; does nothing when there is no wrapper.
     *
     * @return whether all of the bytes that the wrapper declares are there
     */
    static boolean unwrap(ByteCursor in) throws MidiFormatException {
        int start = in.position();
        if (!in.isAt(start, "RIFF") || !in.isAt(start + 8, "RMID")) {
            return true;
        }
        in.moveTo(start + 12);
        while (in.remaining() >= 8) {
            String id = in.chunkId();
            long length = in.littleEndianInt("a RIFF chunk's length");
            if (id.equals("data")) {
                boolean whole = length <= in.remaining();
                in.limitTo((int) Math.min(in.end(), in.position() + length));
                return whole;
            }
            in.skip(length + (length & 1), "a RIFF chunk");
        }
        throw in.problem("no chunk named data in the RIFF file");
    }
}
