package dev.cadenza.server.command;

import dev.cadenza.files.LockFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A state folder belongs to one server. The operating system takes the lock back when the process ends, however it does. */
final class StateLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateLock.class);
    private static final String FILE = ".lock";

    private final @Nullable LockFile lock;

    private StateLock(@Nullable LockFile lock) {
        this.lock = lock;
    }

    /**
     * Takes the folder.
     *
     * @param folder null: there is nothing to take
     * @throws StartException if another server has it
     */
    static StateLock take(@Nullable Path folder) throws StartException {
        if (folder == null) {
            return new StateLock(null);
        }
        Optional<LockFile> lock;
        try {
            lock = LockFile.claim(folder.resolve(FILE));
        } catch (IOException e) {
            throw new StartException("--state: " + folder + " is not a folder that can be written to", e);
        }
        return new StateLock(lock.orElseThrow(
                () -> new StartException("--state: " + folder + " is used by another server; give each its own")));
    }

    @Override
    public void close() {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                LOG.debug("the lock ends with the process", e);
            }
        }
    }
}
