package dev.cadenza.music;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** A position in the bytes of a MIDI file that never runs past its end, and that knows where it is when it fails. */
final class ByteCursor {
    private static final int LONGEST_VARIABLE_LENGTH = 4;

    private final byte[] data;
    private final String source;
    private int position;
    private int end;
    private int track = -1;

    ByteCursor(byte[] data, String source) {
        this.data = data;
        this.source = source;
        this.end = data.length;
    }

    int position() {
        return position;
    }

    void moveTo(int newPosition) {
        position = newPosition;
    }

    int end() {
        return end;
    }

    void limitTo(int newEnd) {
        end = newEnd;
    }

    int remaining() {
        return end - position;
    }

    void enterTrack(int number) {
        track = number;
    }

    /** The track that is being read; empty outside a track. */
    OptionalInt track() {
        return track < 0 ? OptionalInt.empty() : OptionalInt.of(track);
    }

    void leaveTrack() {
        track = -1;
    }

    int unsignedByte(String what) throws MidiFormatException {
        require(1, what);
        return data[position++] & 0xFF;
    }

    int unsignedShort(String what) throws MidiFormatException {
        require(2, what);
        return unsignedByte(what) << 8 | unsignedByte(what);
    }

    long unsignedInt(String what) throws MidiFormatException {
        require(4, what);
        return (long) unsignedShort(what) << 16 | unsignedShort(what);
    }

    long littleEndianInt(String what) throws MidiFormatException {
        return Integer.reverseBytes((int) unsignedInt(what)) & 0xFFFF_FFFFL;
    }

    /** A data byte of a channel event, 0..127. */
    int dataByte(String what) throws MidiFormatException {
        int value = unsignedByte(what);
        if (value > 0x7F) {
            throw problemAt(position - 1, "%s is 0x%02X but must be in 0x00..0x7F".formatted(what, value));
        }
        return value;
    }

    /** A number in 7-bit groups, most significant first, at most four bytes: 0..2^28 - 1. */
    int variableLength(String what) throws MidiFormatException {
        int start = position;
        int value = 0;
        for (int i = 0; i < LONGEST_VARIABLE_LENGTH; i++) {
            int next = unsignedByte(what);
            value = value << 7 | (next & 0x7F);
            if (next < 0x80) {
                return value;
            }
        }
        throw problemAt(start, what + " is longer than " + LONGEST_VARIABLE_LENGTH + " bytes");
    }

    String chunkId() throws MidiFormatException {
        require(4, "a chunk's name");
        String id = new String(data, position, 4, StandardCharsets.ISO_8859_1);
        position += 4;
        return id;
    }

    /** Whether these characters lie at a place before the end. */
    boolean isAt(int place, String id) {
        if (end - place < id.length()) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (data[place + i] != id.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where these characters first begin between two places; -1 where they do not. */
    int find(String id, int from, int to) {
        for (int place = from; place < to; place++) {
            if (isAt(place, id)) {
                return place;
            }
        }
        return -1;
    }

    /** The next bytes, at most so many, as characters of one byte each. */
    String latin1(int most) {
        return new String(data, position, Math.min(most, remaining()), StandardCharsets.ISO_8859_1);
    }

    boolean onlyZeros(int from, int to) {
        for (int i = from; i < to; i++) {
            if (data[i] != 0) {
                return false;
            }
        }
        return true;
    }

    void skip(long bytes, String what) throws MidiFormatException {
        require(bytes, what);
        position += (int) bytes;
    }

    MidiFormatException problem(String problem) {
        return problemAt(position, problem);
    }

    MidiFormatException problemAt(int place, String problem) {
        return new MidiFormatException(source, problem, place, track);
    }

    private void require(long bytes, String what) throws MidiFormatException {
        if (bytes > remaining()) {
            throw problem("%s needs %d bytes but %d are left".formatted(what, bytes, remaining()));
        }
    }
}
