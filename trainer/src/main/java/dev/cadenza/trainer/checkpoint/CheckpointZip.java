package dev.cadenza.trainer.checkpoint;

import dev.cadenza.console.ByteSize;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint's zip, read by an allow-list: its entries' names and sizes are checked before anything is inflated, and
 * what is inflated is held against the size and the checksum that were claimed.
 */
final class CheckpointZip implements AutoCloseable {
    private static final int END_BYTES = 22;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int MOST_ENTRIES = 64;
    private static final int MAX_DIRECTORY_BYTES = 64 << 10;
    /** An entry is held as bytes, as text or numbers, and as what is made of these. */
    private static final int COPIES = 4;

    private final ZipFile zip;
    private final Map<CheckpointEntry, ZipEntry> entries;

    private CheckpointZip(ZipFile zip, Map<CheckpointEntry, ZipEntry> entries) {
        this.zip = zip;
        this.entries = entries;
    }

    /**
     * Opens a zip and checks its directory.
     *
     * @throws CheckpointFormatException when there is anything in it that a checkpoint does not have
     */
    static CheckpointZip open(Path path) throws IOException, CheckpointFormatException {
        return open(path, Runtime.getRuntime().maxMemory());
    }

    /** @param heapBytes that the JVM may use */
    static CheckpointZip open(Path path, long heapBytes) throws IOException, CheckpointFormatException {
        requireSmallDirectory(path);
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (ZipException | IllegalArgumentException e) {
            throw new CheckpointFormatException("not a readable zip: " + e.getMessage(), e);
        }
        try {
            Map<CheckpointEntry, ZipEntry> entries = checked(zip, Files.size(path));
            requireRoom(entries, heapBytes);
            return new CheckpointZip(zip, entries);
        } catch (IOException | CheckpointFormatException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    /** The JDK reads a zip's whole directory into memory, however large it is. */
    private static void requireSmallDirectory(Path path) throws IOException, CheckpointFormatException {
        ByteBuffer end = ByteBuffer.allocate(END_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            if (file.length() < END_BYTES) {
                throw new CheckpointFormatException("not a readable zip: it has " + file.length() + " bytes");
            }
            file.seek(file.length() - END_BYTES);
            file.readFully(end.array());
        }
        if (end.getInt(0) != END_SIGNATURE) {
            throw new CheckpointFormatException("not a readable zip: it does not end as one, or has a comment");
        }
        int count = Short.toUnsignedInt(end.getShort(10));
        long directory = Integer.toUnsignedLong(end.getInt(12));
        if (count > MOST_ENTRIES || directory > MAX_DIRECTORY_BYTES) {
            throw new CheckpointFormatException("zip has " + count + " entries in a directory of " + directory
                    + " bytes; a checkpoint has " + CheckpointEntry.values().length);
        }
    }

    private static Map<CheckpointEntry, ZipEntry> checked(ZipFile zip, long fileBytes)
            throws CheckpointFormatException {
        Map<CheckpointEntry, ZipEntry> entries = new EnumMap<>(CheckpointEntry.class);
        long compressed = 0;
        for (Iterator<? extends ZipEntry> all = zip.entries().asIterator(); all.hasNext(); ) {
            ZipEntry entry = all.next();
            CheckpointEntry known = CheckpointEntry.of(entry.getName())
                    .orElseThrow(() -> new CheckpointFormatException(
                            "entry " + entry.getName() + " does not belong in a checkpoint, whose entries are "
                                    + Arrays.stream(CheckpointEntry.values())
                                            .map(CheckpointEntry::file)
                                            .toList()));
            if (entries.put(known, entry) != null) {
                throw new CheckpointFormatException("entry " + known.file() + " is there twice");
            }
            if (entry.getSize() < 0 || entry.getSize() > known.maxBytes()) {
                throw new CheckpointFormatException("entry " + known.file() + " would be "
                        + ByteSize.of(entry.getSize()) + "; at most " + ByteSize.of(known.maxBytes()) + " are read");
            }
            compressed += Math.max(0, entry.getCompressedSize());
        }
        // Entries that share their bytes would be inflated more than once.
        if (compressed > fileBytes) {
            throw new CheckpointFormatException(
                    "entries overlap: " + compressed + " compressed bytes in a file of " + fileBytes);
        }
        for (CheckpointEntry entry : CheckpointEntry.values()) {
            if (entry.required() && !entries.containsKey(entry)) {
                throw new CheckpointFormatException("no entry " + entry.file() + "; not a checkpoint of this project");
            }
        }
        return entries;
    }

    private static void requireRoom(Map<CheckpointEntry, ZipEntry> entries, long heapBytes)
            throws CheckpointFormatException {
        for (Map.Entry<CheckpointEntry, ZipEntry> entry : entries.entrySet()) {
            long bytes = entry.getValue().getSize();
            if (bytes > heapBytes / COPIES) {
                throw new CheckpointFormatException(
                        "entry " + entry.getKey().file() + " would be " + ByteSize.of(bytes) + ", which takes up to "
                                + COPIES + " times as much memory; the JVM may use " + ByteSize.of(heapBytes)
                                + " (-Xmx)");
            }
        }
    }

    /** The size that an entry claims; -1 when it is not there. */
    long size(CheckpointEntry entry) {
        ZipEntry found = entries.get(entry);
        return found == null ? -1 : found.getSize();
    }

    /** Reads an entry's content. */
    @FunctionalInterface
    interface Reader<T> {
        T read(InputStream in) throws IOException, CheckpointFormatException;
    }

    /** The whole content of an entry that is there. */
    byte[] bytes(CheckpointEntry entry) throws IOException, CheckpointFormatException {
        return read(entry, in -> in.readAllBytes());
    }

    /**
     * Lets an entry be read to its end.
     *
     * @param reader sees no more bytes than were claimed
     * @throws CheckpointFormatException when the content has another length or checksum than was claimed
     */
    <T> T read(CheckpointEntry entry, Reader<T> reader) throws IOException, CheckpointFormatException {
        @Nullable ZipEntry found = entries.get(entry);
        if (found == null) {
            throw new IllegalStateException("no entry " + entry.file());
        }
        CRC32 checksum = new CRC32();
        try (InputStream inflated = zip.getInputStream(found);
                CheckedInputStream in = new CheckedInputStream(new Limited(inflated, found.getSize()), checksum)) {
            T content = reader.read(in);
            if (in.read() >= 0 || inflated.read() >= 0 || checksum.getValue() != found.getCrc()) {
                throw new CheckpointFormatException("entry " + entry.file()
                        + " is damaged: its length or checksum differs from the zip's directory");
            }
            return content;
        } catch (ZipException | EOFException | UTFDataFormatException e) {
            throw new CheckpointFormatException("entry " + entry.file() + " is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** No more bytes than were claimed. */
    private static final class Limited extends InputStream {
        private final InputStream in;
        private long left;

        Limited(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (left == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = in.read(to, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }
    }
}
