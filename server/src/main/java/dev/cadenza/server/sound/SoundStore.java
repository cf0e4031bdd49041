package dev.cadenza.server.sound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Files of sound by key, in a folder of its own: what is asked for twice at once is made once, and what was not asked
 * for longest goes first when there is too much. Safe for use from many threads.
 */
public final class SoundStore implements AutoCloseable {
    private final long mostBytes;
    private final AtomicLong names = new AtomicLong();
    private final Map<String, Sound> ready = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, CompletableFuture<Sound>> making = new LinkedHashMap<>();
    private @Nullable Path folder;
    private long bytes;
    private boolean closed;

    /**
     * A file of sound.
     *
     * @param bytes its size
     */
    public record Sound(Path file, long bytes) {}

    /** Makes a sound, in time. */
    public interface Maker<E extends Exception> {
        /** Begins to make it; whoever is told so writes {@code to}. */
        CompletableFuture<Void> make(Path to) throws E;
    }

    /** @param mostBytes of all files; the latest may be larger alone */
    public SoundStore(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** The sound of a key, if it is there. */
    public synchronized @Nullable Sound ready(String key) {
        return ready.get(key);
    }

    /**
     * The sound of a key: what is there or is being made, or else what this maker makes.
     *
     * @throws E if it is not even begun
     */
    public <E extends Exception> CompletableFuture<Sound> get(String key, Maker<E> maker) throws E {
        Path to;
        CompletableFuture<Sound> sound = new CompletableFuture<>();
        synchronized (this) {
            Sound there = ready.get(key);
            if (there != null) {
                return CompletableFuture.completedFuture(there);
            }
            CompletableFuture<Sound> begun = making.get(key);
            if (begun != null) {
                return begun;
            }
            to = newFile();
            making.put(key, sound);
        }
        CompletableFuture<Void> made;
        try {
            made = maker.make(to);
        } catch (Throwable e) {
            // Others may have come to wait by now.
            made(key, to, sound, e);
            throw e;
        }
        return made.handle((nothing, failure) -> {
            made(key, to, sound, failure);
            return sound.join();
        });
    }

    private void made(String key, Path file, CompletableFuture<Sound> sound, @Nullable Throwable failure) {
        Throwable problem = failure;
        Sound finished = null;
        synchronized (this) {
            making.remove(key);
            try {
                if (problem == null && !closed) {
                    finished = new Sound(file, Files.size(file));
                    ready.put(key, finished);
                    bytes += finished.bytes;
                    evict(key);
                } else {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                problem = e;
            }
        }
        if (finished != null) {
            sound.complete(finished);
        } else {
            sound.completeExceptionally(problem == null ? new IllegalStateException("the store is closed") : problem);
        }
    }

    /** Whoever reads such a file now has it open, and reads on. */
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

    private Path newFile() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        try {
            Path there = folder;
            if (there == null || !Files.isDirectory(there)) {
                // What a cleaner of temporary files has taken is gone.
                ready.clear();
                bytes = 0;
                there = Files.createTempDirectory("cadenza-sound");
                folder = there;
            }
            return there.resolve(names.incrementAndGet() + ".wav");
        } catch (IOException e) {
            throw new UncheckedIOException("there is no folder for sound", e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        Path there = folder;
        if (there == null || !Files.isDirectory(there)) {
            return;
        }
        try (var files = Files.list(there)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(there);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
