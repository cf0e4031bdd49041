package dev.cadenza.music;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The odd, edge and broken MIDI files of the test resources, and what is to become of each. */
final class OddMidiFiles {
    private OddMidiFiles() {}

    /**
     * One line of expected.csv.
     *
     * @param notes the notes that are read; -1 when the file is refused
     * @param micros until the last note ends; where the file is refused, the byte at which
     * @param why what is odd; where the file is refused, a part of the problem's text
     */
    record Expected(String file, int notes, long micros, String why) {
        boolean isRefused() {
            return notes < 0;
        }

        byte[] data() {
            return resource(file);
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static List<Expected> all() {
        return new String(resource("expected.csv"), StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .map(OddMidiFiles::expected)
                .toList();
    }

    private static Expected expected(String line) {
        String[] fields = line.split(",", 5);
        boolean refused = fields[1].equals("refused");
        return new Expected(
                fields[0], refused ? -1 : Integer.parseInt(fields[2]), Long.parseLong(fields[3]), fields[4]);
    }

    private static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(
                OddMidiFiles.class.getResourceAsStream("/oddmidi/" + name), "test resource oddmidi/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
