package dev.cadenza.trainer.corpus;

import dev.cadenza.files.Printable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What the files of a corpus are called in splits, caches and messages, whatever the locale is: their bytes read as
 * UTF-8. A byte that is none is {@code \xE9}; what would break a line is escaped as well.
 */
final class FileNames {
    private FileNames() {}

    /**
     * A file below a folder, with forward slashes.
     *
     * @param root an absolute folder
     * @param file below it
     */
    static String of(Path root, Path file) {
        Path relative = root.relativize(file);
        StringBuilder name = new StringBuilder();
        boolean plain = true;
        for (Path element : relative) {
            name.append(name.isEmpty() ? "" : "/").append(element);
        }
        for (int i = 0; i < name.length(); i++) {
            plain &= name.charAt(i) < 0x80;
        }
        // A path's text is decoded by the locale, which may not know the characters; its URI has the bytes.
        return plain
                ? Printable.of(name.toString())
                : of(bytes(file.toUri()
                        .getRawPath()
                        .substring(root.toUri().getRawPath().length())));
    }

    /** A name of which only the bytes are known. */
    static String of(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        StringBuilder name = new StringBuilder();
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            name.append(Printable.of(out.flip().toString()));
            out.clear();
            if (!result.isError()) {
                return name.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                name.append("\\x%02X".formatted(in.get()));
            }
            decoder.reset();
        }
    }

    private static byte[] bytes(String rawPath) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < rawPath.length(); i++) {
            if (rawPath.charAt(i) == '%') {
                bytes.write(Integer.parseInt(rawPath, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(rawPath.charAt(i));
            }
        }
        return bytes.toByteArray();
    }
}
