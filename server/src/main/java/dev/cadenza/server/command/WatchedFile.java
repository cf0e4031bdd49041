package dev.cadenza.server.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a file with secrets says, read again when it has changed. It is looked at when it is used, at most once a
 * second. A new file that cannot be used is reported in one line of the log, and the old content stays. Safe for many
 * threads.
 *
 * <p>Where files have permissions, one that others may write is refused, and one that others may read is warned about.
 */
final class WatchedFile<T> implements Supplier<T> {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedFile.class);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String flag;
    private final Path file;
    private final Reader<T> reader;
    private final LongSupplier nanos;
    private T value;
    private Stamp stamp;
    private long nextLook;

    /** Makes something of a file. */
    @FunctionalInterface
    interface Reader<T> {
        /**
         * Reads it.
         *
         * @throws IllegalArgumentException if it is not as it must be; the message holds nothing secret
         */
        T read(Path file) throws IOException;
    }

    /** By what a change is noticed. */
    private record Stamp(
            FileTime modified,
            long size,
            @Nullable Object fileKey,
            @Nullable Set<PosixFilePermission> permissions) {
        static final Stamp MISSING = new Stamp(FileTime.fromMillis(0), -1, null, null);

        static Stamp of(Path file) throws IOException {
            try {
                PosixFileAttributes seen = Files.readAttributes(file, PosixFileAttributes.class);
                return new Stamp(seen.lastModifiedTime(), seen.size(), seen.fileKey(), seen.permissions());
            } catch (UnsupportedOperationException e) {
                BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(seen.lastModifiedTime(), seen.size(), seen.fileKey(), null);
            }
        }

        boolean allows(PosixFilePermission permission) {
            return permissions != null && permissions.contains(permission);
        }
    }

    private WatchedFile(String flag, Path file, Reader<T> reader, LongSupplier nanos, Stamp stamp, T value) {
        this.flag = flag;
        this.file = file;
        this.reader = reader;
        this.nanos = nanos;
        this.stamp = stamp;
        this.value = value;
        nextLook = nanos.getAsLong() + PAUSE_NANOS;
    }

    /**
     * Reads the file for the first time.
     *
     * @param flag that named it, for messages
     * @throws StartException if it cannot be used
     */
    static <T> WatchedFile<T> open(String flag, Path file, Reader<T> reader, LongSupplier nanos) throws StartException {
        try {
            Stamp stamp = Stamp.of(file);
            return new WatchedFile<>(flag, file, reader, nanos, stamp, read(flag, file, reader, stamp));
        } catch (IOException e) {
            throw new StartException(flag + " " + file + " cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw new StartException(flag + " " + file + ": " + e.getMessage(), e);
        }
    }

    private static <T> T read(String flag, Path file, Reader<T> reader, Stamp stamp) throws IOException {
        if (stamp.allows(PosixFilePermission.OTHERS_WRITE)) {
            throw new IllegalArgumentException("every user of this machine may write it: chmod o-w");
        }
        T read = reader.read(file);
        if (stamp.allows(PosixFilePermission.OTHERS_READ)) {
            LOG.warn("{} {}: every user of this machine may read it: chmod o-r", flag, file);
        }
        return read;
    }

    /** As the file says now, or said when it could last be used. */
    @Override
    public synchronized T get() {
        long now = nanos.getAsLong();
        if (now - nextLook >= 0) {
            nextLook = now + PAUSE_NANOS;
            look();
        }
        return value;
    }

    private void look() {
        Stamp seen;
        try {
            seen = Stamp.of(file);
        } catch (IOException e) {
            seen = Stamp.MISSING;
        }
        if (seen.equals(stamp)) {
            return;
        }
        // Taken before it is read, so that a change while it is read is seen the next time.
        stamp = seen;
        try {
            value = read(flag, file, reader, seen);
            LOG.info("{} {} has changed and was read again", flag, file);
        } catch (IOException e) {
            LOG.error("{} {} can no longer be read; its old content stays in effect", flag, file);
        } catch (IllegalArgumentException e) {
            LOG.error("{} {}: {}; its old content stays in effect", flag, file, e.getMessage());
        }
    }
}
