package dev.cadenza.music;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** MIDI files put together byte by byte, for tests of the reader. */
final class SmfBytes {
    static final String END = "00 FF 2F 00 ";

    private SmfBytes() {}

    /** A file of 96 ticks per quarter note with one track chunk for each text of hexadecimal bytes. */
    static byte[] file(String... tracks) {
        return file(1, tracks.length, 96, tracks);
    }

    static byte[] file(int format, int declaredTracks, int division, String... tracks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(hex("4D 54 68 64 00 00 00 06 %04X %04X %04X".formatted(format, declaredTracks, division)));
        for (String track : tracks) {
            out.writeBytes(chunk("4D 54 72 6B", hex(track).length, track));
        }
        return out.toByteArray();
    }

    /** A chunk with a declared length that need not be its own. */
    static byte[] chunk(String id, int declaredLength, String body) {
        return join(hex(id), hex("%08X".formatted(declaredLength)), hex(body));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes.replaceAll("\\s", ""));
    }
}
