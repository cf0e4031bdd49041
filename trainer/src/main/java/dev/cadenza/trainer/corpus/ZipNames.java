package dev.cadenza.trainer.corpus;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Names in a zip that are not marked as UTF-8: each byte beyond ASCII becomes a character of a private area, so that a zip
 * opens whatever its names are and their bytes can be had again.
 */
final class ZipNames extends Charset {
    private static final int PRIVATE = 0xF700;

    ZipNames() {
        super("x-cadenza-zip-names", new String[0]);
    }

    /** The name of an entry, as {@link FileNames} writes names. */
    static String of(String entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        entry.codePoints().forEach(point -> {
            if (point >= PRIVATE + 0x80 && point <= PRIVATE + 0xFF) {
                bytes.write(point - PRIVATE);
            } else {
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
        });
        return FileNames.of(bytes.toByteArray());
    }

    @Override
    public boolean contains(Charset other) {
        return other.equals(StandardCharsets.US_ASCII);
    }

    @Override
    public CharsetDecoder newDecoder() {
        return new CharsetDecoder(this, 1, 1) {
            @Override
            protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
                while (in.hasRemaining()) {
                    if (!out.hasRemaining()) {
                        return CoderResult.OVERFLOW;
                    }
                    byte next = in.get();
                    out.put((char) (next < 0 ? PRIVATE + Byte.toUnsignedInt(next) : next));
                }
                return CoderResult.UNDERFLOW;
            }
        };
    }

    @Override
    public CharsetEncoder newEncoder() {
        return new CharsetEncoder(this, 1, 1) {
            @Override
            protected CoderResult encodeLoop(CharBuffer in, ByteBuffer out) {
                while (in.hasRemaining()) {
                    if (!out.hasRemaining()) {
                        return CoderResult.OVERFLOW;
                    }
                    char next = in.get();
                    out.put((byte) next);
                }
                return CoderResult.UNDERFLOW;
            }
        };
    }
}
