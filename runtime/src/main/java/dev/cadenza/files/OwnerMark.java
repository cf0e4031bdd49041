package dev.cadenza.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A locked file in a folder: as long as it is locked, the process that made the folder lives. */
final class OwnerMark implements AutoCloseable {
    static final String FILE = ".cadenza-owner";

    private static final String NOT_YET_LOCKED = ".cadenza-owner-new";

    /** Folders of this very process: to open and close one of their marks again would give its lock up. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private OwnerMark(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Marks a folder. The file gets the name that a sweep looks for when it is locked, not before. */
    static OwnerMark on(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        Path file = absolute.resolve(NOT_YET_LOCKED);
        boolean good = false;
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        OWN.add(absolute);
        try {
            // Held until the channel is closed or the process ends.
            if (channel.tryLock() == null) {
                throw new IOException("another process has locked a new folder for temporary files");
            }
            Files.move(file, absolute.resolve(FILE));
            good = true;
            return new OwnerMark(absolute, channel);
        } finally {
            if (!good) {
                OWN.remove(absolute);
                channel.close();
            }
        }
    }

    /** What is done to the folder of a process that is gone. */
    interface Action {
        void run(Path folder) throws IOException;
    }

    /** Does it if the folder has a mark whose process is gone; says whether it was done. */
    static boolean ifAbandoned(Path folder, Action action) {
        Path absolute = folder.toAbsolutePath();
        if (OWN.contains(absolute)) {
            return false;
        }
        Path file = absolute.resolve(FILE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            // To open a named pipe, which any user may have put there, is to wait for its other end.
            return false;
        }
        try (FileChannel channel = open(file);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return false;
            }
            action.run(absolute);
            return true;
        } catch (IOException | OverlappingFileLockException e) {
            // It has no mark, or is another user's, or another process is sweeping it.
            return false;
        }
    }

    /** For reading too: if it has become a pipe meanwhile, opening it for writing alone would wait. */
    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() throws IOException {
        OWN.remove(folder);
        channel.close();
    }
}
