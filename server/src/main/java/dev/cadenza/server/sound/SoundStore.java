package dev.cadenza.server.sound;

import dev.cadenza.files.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of sound by key, in a temporary folder of its own: what is asked for twice at once is made once, and what was not
 * asked for longest goes first when there is too much. What a cleaner of temporary files has taken is made again, and
 * what does not fit on a full disk is tried once more without the files that are there. Safe for use from many threads.
 */
public final class SoundStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SoundStore.class);
    private static final String FOLDER_PREFIX = "cadenza-sound";
    private static final int ATTEMPTS = 2;

    private final long mostBytes;
    private final AtomicLong names = new AtomicLong();
    private final TemporaryFolder folder = new TemporaryFolder(FOLDER_PREFIX);
    private final Map<String, Sound> ready = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, CompletableFuture<Sound>> making = new LinkedHashMap<>();
    private long bytes;
    private @Nullable Exception stopped;

    /**
     * A file of sound.
     *
     * @param bytes its size
     * @param note what its maker has to say of it, if anything
     */
    public record Sound(Path file, long bytes, @Nullable String note) {}

    /** What is written into a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it; may be asked again for another file. */
        void writeTo(Path file) throws IOException;
    }

    /** Where a sound goes when there is something to write. */
    public interface Target {
        /** Writes the content, a second time if the file is gone or the disk full. */
        void write(Content content) throws IOException;

        /** Keeps a text with the sound, as long as it is there. */
        void note(@Nullable String text);
    }

    /** Makes a sound, in time. */
    @FunctionalInterface
    public interface Maker<E extends Exception> {
        /** Begins to make it, and writes it to {@code to} when it is made. */
        CompletableFuture<Void> make(Target to) throws E;
    }

    /** @param mostBytes of all files; the latest may be larger alone */
    public SoundStore(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Deletes what servers that were killed have left behind; returns how many folders. */
    public static int sweep() {
        return TemporaryFolder.sweep(FOLDER_PREFIX);
    }

    /** The sound of a key, if it is there. */
    public synchronized @Nullable Sound ready(String key) {
        Sound there = ready.get(key);
        if (there != null && !Files.isRegularFile(there.file)) {
            ready.remove(key);
            bytes -= there.bytes;
            return null;
        }
        return there;
    }

    /**
     * The sound of a key: what is there or is being made, or else what this maker makes. It fails with an {@link
     * IOException} if it cannot be written.
     *
     * @throws E if it is not even begun
     */
    public <E extends Exception> CompletableFuture<Sound> get(String key, Maker<E> maker) throws E {
        CompletableFuture<Sound> sound = new CompletableFuture<>();
        synchronized (this) {
            if (stopped != null) {
                return CompletableFuture.failedFuture(stopped);
            }
            Sound there = ready(key);
            if (there != null) {
                return CompletableFuture.completedFuture(there);
            }
            CompletableFuture<Sound> begun = making.get(key);
            if (begun != null) {
                return begun;
            }
            try {
                // Before anything is played for it.
                folder.path();
            } catch (IOException e) {
                return CompletableFuture.failedFuture(e);
            }
            making.put(key, sound);
        }
        Written written = new Written();
        CompletableFuture<Void> made;
        try {
            made = maker.make(written);
        } catch (Throwable e) {
            // Others may have come to wait by now.
            made(key, new Written(), sound, e);
            throw e;
        }
        var unused = made.whenComplete((nothing, failure) -> made(key, written, sound, failure));
        return sound;
    }

    private final class Written implements Target {
        private volatile @Nullable Path file;
        private volatile @Nullable String note;

        @Override
        public void write(Content content) throws IOException {
            file = SoundStore.this.write(content);
        }

        @Override
        public void note(@Nullable String text) {
            note = text;
        }
    }

    private Path write(Content content) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Path file = newFile();
            boolean written = false;
            try {
                content.writeTo(file);
                // A cleaner of temporary files may have taken it meanwhile.
                written = Files.isRegularFile(file);
                if (written) {
                    return file;
                }
                if (attempt == ATTEMPTS) {
                    throw new IOException("the file was deleted while it was written");
                }
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.warn("a sound could not be written; trying again without those that are kept: {}", e.toString());
                clear();
            } finally {
                if (!written) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private synchronized Path newFile() throws IOException {
        if (stopped != null) {
            throw new IOException("the store is closed", stopped);
        }
        return folder.path().resolve(names.incrementAndGet() + ".wav");
    }

    private void made(String key, Written written, CompletableFuture<Sound> sound, @Nullable Throwable failure) {
        Path file = written.file;
        Throwable problem = failure;
        Sound finished = null;
        synchronized (this) {
            making.remove(key, sound);
            try {
                if (file != null && problem == null && stopped == null) {
                    finished = new Sound(file, Files.size(file), written.note);
                    ready.put(key, finished);
                    bytes += finished.bytes;
                    evict(key);
                } else if (file != null) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                finished = null;
                problem = e;
            }
            if (problem == null) {
                problem = stopped;
            }
        }
        if (finished != null) {
            sound.complete(finished);
        } else {
            sound.completeExceptionally(
                    problem == null ? new IllegalStateException("the maker has written nothing") : problem);
        }
    }

    /** A file that is being read is open, and can be read to its end. */
    private void evict(String kept) throws IOException {
        for (Iterator<Map.Entry<String, Sound>> all = ready.entrySet().iterator();
                bytes > mostBytes && all.hasNext(); ) {
            Map.Entry<String, Sound> oldest = all.next();
            if (!oldest.getKey().equals(kept)) {
                all.remove();
                bytes -= oldest.getValue().bytes;
                Files.deleteIfExists(oldest.getValue().file);
            }
        }
    }

    private synchronized void clear() throws IOException {
        List<Sound> all = new ArrayList<>(ready.values());
        ready.clear();
        bytes = 0;
        for (Sound sound : all) {
            Files.deleteIfExists(sound.file);
        }
    }

    /** Nothing is made any more; requests that wait fail with the reason. What is ready stays until {@link #close}. */
    public void stop(Exception why) {
        List<CompletableFuture<Sound>> waiting;
        synchronized (this) {
            if (stopped == null) {
                stopped = why;
            }
            waiting = new ArrayList<>(making.values());
            making.clear();
        }
        waiting.forEach(sound -> sound.completeExceptionally(why));
    }

    @Override
    public void close() throws IOException {
        stop(new IllegalStateException("the store is closed"));
        folder.close();
    }
}
