package dev.cadenza.trainer.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of files, as 64 lower-case hexadecimal digits. */
final class Sha256 {
    private Sha256() {}

    static String of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return of(channel);
        }
    }

    /** Of the whole file, wherever the channel stands; its position stays. */
    static String of(FileChannel channel) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        long at = 0;
        for (int read = channel.read(buffer, at); read >= 0; read = channel.read(buffer, at)) {
            digest.update(buffer.flip());
            buffer.clear();
            at += read;
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
