package dev.cadenza.server.http.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that whole lines are appended to. A line that does not fit on the disk is left out and counted, never cut;
 * when the file is renamed or deleted, as log rotation does, a new one is begun within a second. For one thread at a
 * time.
 */
final class LogFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path path;
    private final LongSupplier nanoClock;
    private FileChannel channel;
    private @Nullable Object key;
    private boolean torn;
    private long looked;
    private long lost;

    private LogFile(Path path, LongSupplier nanoClock, FileChannel channel) {
        this.path = path;
        this.nanoClock = nanoClock;
        this.channel = channel;
        this.looked = nanoClock.getAsLong();
    }

    /** Opens the file or makes it. */
    static LogFile open(Path path, LongSupplier nanoClock) throws IOException {
        FileChannel channel = channel(path);
        boolean good = false;
        try {
            LogFile file = new LogFile(path, nanoClock, channel);
            file.begin();
            good = true;
            return file;
        } finally {
            if (!good) {
                channel.close();
            }
        }
    }

    private static FileChannel channel(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    private void begin() throws IOException {
        key = key(path);
        torn = endsMidLine();
    }

    /** Whether another process's last line has no end, such as that of a server that lost power. */
    private boolean endsMidLine() throws IOException {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (FileChannel reading = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return reading.size() > 0 && reading.read(last, reading.size() - 1) == 1 && last.get(0) != '\n';
        }
    }

    /** Null where the file is not there, or files have no keys. */
    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /** Appends a line, which ends with a line feed, or counts it as lost. */
    void append(byte[] line) {
        long now = nanoClock.getAsLong();
        if (now - looked >= LOOK_NANOS) {
            looked = now;
            reopenIfRotated();
        }
        try {
            if (torn) {
                write(new byte[] {'\n'});
                torn = false;
            }
            write(line);
            if (lost > 0) {
                LOG.warn("the access log goes on; {} of its lines were lost", lost);
                lost = 0;
            }
        } catch (IOException e) {
            if (lost == 0) {
                LOG.error("the access log cannot be written; requests are still served: {}", e.toString());
            }
            lost++;
        }
    }

    /** Writes all of it or, as far as that can be helped, nothing. */
    private void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long start = channel.size();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            if (buffer.position() > 0) {
                takeBack(start, buffer.position());
            }
            throw e;
        }
    }

    /** A full disk took the beginning of a line. If another process has appended since, the next line begins anew. */
    private void takeBack(long start, int written) {
        torn = true;
        try {
            if (channel.size() == start + written) {
                channel.truncate(start);
                torn = false;
            }
        } catch (IOException e) {
            LOG.debug("the beginning of a line stays", e);
        }
    }

    private void reopenIfRotated() {
        try {
            if (isInPlace()) {
                return;
            }
            FileChannel fresh = channel(path);
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("the file that was rotated away", e);
            }
            channel = fresh;
            begin();
        } catch (IOException e) {
            // The old file goes on taking lines until there can be a new one.
            LOG.debug("the access log is gone and cannot be created again yet", e);
        }
    }

    private boolean isInPlace() {
        try {
            return Objects.equals(key, key(path));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (lost > 0) {
            LOG.warn("{} lines of the access log were lost", lost);
        }
    }
}
