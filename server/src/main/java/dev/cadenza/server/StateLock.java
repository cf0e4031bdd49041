package dev.cadenza.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A state folder belongs to one server. The operating system takes the lock back when the process ends, however it does. */
final class StateLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateLock.class);
    private static final String FILE = ".lock";

    private final @Nullable FileChannel channel;

    private StateLock(@Nullable FileChannel channel) {
        this.channel = channel;
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
        FileChannel channel;
        try {
            channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new StartException("--state: " + folder + " is not a folder that can be written to", e);
        }
        boolean taken = false;
        try {
            FileLock lock = channel.tryLock();
            taken = lock != null;
        } catch (OverlappingFileLockException e) {
            LOG.debug("{} is taken by this process", folder, e);
        } catch (IOException e) {
            // Some network mounts have no locks.
            LOG.warn("--state: {} cannot be locked; see to it that no other server uses it", folder, e);
            taken = true;
        }
        StateLock state = new StateLock(channel);
        if (!taken) {
            state.close();
            throw new StartException("--state: " + folder + " is used by another server; give each its own");
        }
        return state;
    }

    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("the lock ends with the process", e);
            }
        }
    }
}
