package dev.cadenza.trainer.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file by which one process at a time claims what it stands for. The system takes the claim back when the process ends,
 * however it ends; the file may stay.
 */
public final class LockFile implements AutoCloseable {
    private final FileChannel channel;

    private LockFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Claims a file, made when absent.
     *
     * @return empty when somebody has it, in this process or another
     */
    public static Optional<LockFile> claim(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean claimed = false;
        try {
            claimed = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Somebody else in this process.
        } finally {
            if (!claimed) {
                channel.close();
            }
        }
        return claimed ? Optional.of(new LockFile(channel)) : Optional.empty();
    }

    /** Gives it back. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
