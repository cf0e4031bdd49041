package dev.cadenza.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A file by which one process at a time claims what it stands for. The system takes the claim back when the process
 * ends, however it ends; the file may stay. Some network mounts have no locks: there every process gets the claim, and
 * a warning is logged once.
 */
public final class LockFile implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LockFile.class.getName());
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private final FileChannel channel;

    private LockFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Claims a file, made when absent.
     *
     * @return empty when it is taken, in this process or another
     * @throws IOException if the file cannot be made or opened
     */
    public static Optional<LockFile> claim(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean claimed = false;
        try {
            claimed = lock(channel, file);
        } finally {
            if (!claimed) {
                channel.close();
            }
        }
        return claimed ? Optional.of(new LockFile(channel)) : Optional.empty();
    }

    /**
     * Claims a file that is open for writing, until it is closed.
     *
     * @return false when it is taken, in this process or another
     */
    public static boolean lock(FileChannel channel, Path file) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            if (!WARNED.getAndSet(true)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} cannot be locked ({1}); make sure that no other process uses it",
                        file,
                        e.getMessage());
            }
            return true;
        }
    }

    /** Gives it back. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
