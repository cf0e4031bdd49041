package dev.cadenza.music;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects the events of one track and writes them in the order of their ticks; at one tick in the order in which they
 * were added. Programs are to be added first, then moves of the pedal, then notes by their start: a note's end then stands before what is struck at
 * the same tick, so that it cuts nothing.
 */
final class TrackWriter {
    private static final int SUSTAIN = 64;
    private static final int LONGEST_DELTA = (1 << 28) - 1;
    /** What a note-off says when the speed of the release is not known. */
    private static final int RELEASE_VELOCITY = 64;

    /** Never compared, and gone when the track is written. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Event(long tick, byte[] bytes) {}

    private final List<Event> events = new ArrayList<>();

    boolean isEmpty() {
        return events.isEmpty();
    }

    void meta(long tick, int type, int... body) {
        byte[] bytes = new byte[3 + body.length];
        bytes[0] = (byte) 0xFF;
        bytes[1] = (byte) type;
        bytes[2] = (byte) body.length;
        for (int i = 0; i < body.length; i++) {
            bytes[3 + i] = (byte) body[i];
        }
        events.add(new Event(tick, bytes));
    }

    void programChange(long tick, int channel, int program) {
        events.add(new Event(tick, bytes(0xC0 | channel, program)));
    }

    void pedal(long tick, int channel, boolean down) {
        events.add(new Event(tick, bytes(0xB0 | channel, SUSTAIN, down ? 127 : 0)));
    }

    void note(Note note) {
        events.add(new Event(note.startTick(), bytes(0x90 | note.channel(), note.pitch(), note.velocity())));
        events.add(new Event(note.endTick(), bytes(0x80 | note.channel(), note.pitch(), RELEASE_VELOCITY)));
    }

    byte[] toBytes() {
        events.sort(Comparator.comparingLong(Event::tick));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long tick = 0;
        for (Event event : events) {
            writeDelta(out, event.tick() - tick);
            out.writeBytes(event.bytes());
            tick = event.tick();
        }
        out.writeBytes(bytes(0x00, 0xFF, 0x2F, 0x00));
        return out.toByteArray();
    }

    /** A gap longer than a delta time can say is bridged with empty text events. */
    private static void writeDelta(ByteArrayOutputStream out, long delta) {
        long rest = delta;
        while (rest > LONGEST_DELTA) {
            writeVariableLength(out, LONGEST_DELTA);
            out.writeBytes(bytes(0xFF, 0x01, 0x00));
            rest -= LONGEST_DELTA;
        }
        writeVariableLength(out, (int) rest);
    }

    private static void writeVariableLength(ByteArrayOutputStream out, int value) {
        for (int shift = 21; shift > 0; shift -= 7) {
            if (value >>> shift != 0) {
                out.write((value >>> shift & 0x7F) | 0x80);
            }
        }
        out.write(value & 0x7F);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
