package dev.cadenza.trainer.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files under another name and moves them into place, so that a reader sees the old content or the new, whole. */
public final class WholeFile {
    private WholeFile() {}

    /** Writes the content to a channel that it does not close. */
    @FunctionalInterface
    public interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    /** Replaces or makes one file of text in UTF-8; throws like {@link #write(Path, Content)}. */
    public static void write(Path path, String text) throws IOException {
        write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Replaces or makes one file; throws like {@link #write(Path, Content)}. */
    public static void write(Path path, byte[] content) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        write(path, (Content) channel -> {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    /**
     * Replaces or makes one file; when that fails, nothing is left of it.
     *
     * @throws IllegalArgumentException when the path names no file
     */
    public static void write(Path path, Content content) throws IOException {
        Path absolute = path.toAbsolutePath();
        Path name = absolute.getFileName();
        if (name == null) {
            throw new IllegalArgumentException("path (" + path + ") must name a file");
        }
        Path staged = absolute.resolveSibling(
                "." + name + "." + ProcessHandle.current().pid() + ".staged");
        try {
            try (FileChannel channel = FileChannel.open(
                    staged,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(staged, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(staged);
        }
    }
}
