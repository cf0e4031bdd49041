package dev.cadenza.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A folder for temporary files that belongs to this process. A file in it is locked for as long as the process lives,
 * so that {@link #sweep} can distinguish the folder of a process that was killed from the folder of one that runs. Safe
 * for use by several threads.
 */
public final class TemporaryFolder implements AutoCloseable {
    /** The folders of others that this process has marked; held to its end. */
    private static final Set<OwnerMark> MARKED = ConcurrentHashMap.newKeySet();

    private final String prefix;
    private @Nullable Path path;
    private @Nullable OwnerMark mark;

    /**
     * A folder below {@link #root} that is made when it is first asked for.
     *
     * @param prefix what its name begins with
     */
    public TemporaryFolder(String prefix) {
        this.prefix = prefix;
    }

    /** Where temporary files go, as {@code java.io.tmpdir} says. */
    public static Path root() {
        return Path.of(System.getProperty("java.io.tmpdir", ""));
    }

    /** Why no file can be made in {@link #root}, in a few words without a path; empty if one can. */
    public static Optional<String> obstacle() {
        Path root = root();
        if (!Files.exists(root)) {
            return Optional.of("does not exist");
        }
        if (!Files.isDirectory(root)) {
            return Optional.of("is not a folder");
        }
        try {
            Path probe = Files.createTempFile(root, "cadenza", ".probe");
            try {
                Files.write(probe, new byte[] {0});
            } finally {
                Files.deleteIfExists(probe);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot be written to" + FileProblem.inBrackets(e));
        }
    }

    /**
     * The folder; made anew if it is gone, as when a cleaner of temporary files took it.
     *
     * @throws IOException if it cannot be made
     */
    public synchronized Path path() throws IOException {
        Path there = path;
        if (there == null || !Files.isDirectory(there)) {
            release();
            there = Files.createTempDirectory(root(), prefix).toAbsolutePath();
            path = there;
            try {
                mark = OwnerMark.on(there);
            } catch (IOException e) {
                // Where files cannot be locked the folder serves all the same; but no sweep will take it for abandoned.
                mark = null;
            }
        }
        return there;
    }

    /** Marks a folder below {@link #root} that a library has made for this process, until the process ends. */
    public static void mark(Path folder) throws IOException {
        MARKED.add(OwnerMark.on(folder));
    }

    /** Deletes a folder and the files in it; false if that cannot be done. */
    public static boolean discard(Path folder) {
        try {
            delete(folder);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void release() throws IOException {
        path = null;
        if (mark != null) {
            mark.close();
            mark = null;
        }
    }

    /** Deletes the folder and the files in it. */
    @Override
    public synchronized void close() throws IOException {
        Path there = path;
        if (there != null) {
            // Still locked meanwhile, so that no sweep comes between.
            delete(there);
            release();
        }
    }

    /**
     * Deletes folders below {@link #root} that are marked and whose process is gone. What has no mark, belongs to
     * another user or to a process that lives, stays.
     *
     * @param prefix what their names begin with
     * @return how many were deleted
     */
    public static int sweep(String prefix) {
        int swept = 0;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root(), path -> isFolder(path, prefix))) {
            for (Path folder : folders) {
                swept += OwnerMark.ifAbandoned(folder, TemporaryFolder::delete) ? 1 : 0;
            }
        } catch (IOException | DirectoryIteratorException e) {
            // What cannot be listed cannot be swept; the code that needs the folder reports why.
            return swept;
        }
        return swept;
    }

    private static boolean isFolder(Path path, String prefix) {
        return String.valueOf(path.getFileName()).startsWith(prefix)
                && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** The mark goes last: a sweep that is cut off can be taken up by the next one. */
    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, file -> !file.endsWith(OwnerMark.FILE))) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return;
        }
        Files.deleteIfExists(folder.resolve(OwnerMark.FILE));
        Files.deleteIfExists(folder);
    }
}
