package dev.cadenza.music;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Standard MIDI Files in and out. What is read, what is refused and how is in the package's description.
 *
 * <p>Stateless; may be used by many threads. Reading costs about 0.2 microseconds an event and memory in proportion to
 * the bytes that are really there, never to a length that they claim.
 */
public final class MidiFiles {
    private MidiFiles() {}

    /**
     * Reads a MIDI file.
     *
     * @throws IOException when the file cannot be read from disk
     * @throws MidiFormatException when it is not a MIDI file, cannot be read without losing notes, or is beyond the
     *     limits
     */
    public static Score read(Path file, MidiReadOptions options) throws IOException, MidiFormatException {
        byte[] data;
        try (InputStream in = Files.newInputStream(file)) {
            // One byte more than allowed, so that a file that is too large is seen as such.
            data = in.readNBytes((int) (options.limits().maxBytes() + 1));
        }
        return read(data, file.toString(), options);
    }

    /**
     * Reads a MIDI file from memory.
     *
     * @param name what to call the data in an exception
     * @throws MidiFormatException when it is not a MIDI file, cannot be read without losing notes, or is beyond the
     *     limits
     */
    public static Score read(byte[] data, String name, MidiReadOptions options) throws MidiFormatException {
        return readWithWarnings(data, name, options).score();
    }

    /**
     * Reads a MIDI file from memory, and says what in it is against the standard and was read all the same.
     *
     * @param name what to call the data in an exception
     * @throws MidiFormatException when it is not a MIDI file, cannot be read without losing notes, or is beyond the
     *     limits
     */
    public static MidiReading readWithWarnings(byte[] data, String name, MidiReadOptions options)
            throws MidiFormatException {
        return new SmfReader(data, name, options).read();
    }

    /** The score as a MIDI file of format 1: a track of tempo, time and key, then a track a channel. */
    public static byte[] write(Score score) {
        return write(score, Pedal.WRITTEN);
    }

    /** The same, with the sustain pedal as asked. */
    public static byte[] write(Score score, Pedal pedal) {
        return new SmfWriter(score, pedal).write();
    }

    /**
     * Writes the score as a MIDI file of format 1, replacing a file that is there.
     *
     * @throws IOException when the file cannot be written
     */
    public static void write(Score score, Path file) throws IOException {
        Files.write(file, write(score));
    }
}
