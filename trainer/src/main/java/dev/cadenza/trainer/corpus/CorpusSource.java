package dev.cadenza.trainer.corpus;

import dev.cadenza.files.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of a corpus lie: a folder or a zip. Files are called as {@link FileNames} says and opened by what the
 * system calls them. Safe for use by several threads.
 */
abstract sealed class CorpusSource implements AutoCloseable {
    /** More than any MIDI file or table of a corpus, far less than memory. */
    private static final int MAX_FILE_BYTES = 64 << 20;

    private final Map<String, String> unreadable = new TreeMap<>();

    static CorpusSource of(Path data) throws IOException, CorpusFormatException {
        if (Files.isDirectory(data)) {
            return new Folder(data.toRealPath());
        }
        try {
            return new Zip(new ZipFile(data.toFile(), new ZipNames()));
        } catch (ZipException e) {
            throw new CorpusFormatException(data + ": neither a folder nor a readable zip: " + e.getMessage(), e);
        }
    }

    /** All files, relative, with forward slashes. */
    abstract List<String> paths();

    /** The content of one file; one over 64 MiB comes cut there, and no reader takes it for whole. */
    final byte[] bytes(String path) throws IOException {
        try (InputStream in = open(path)) {
            return in.readNBytes(MAX_FILE_BYTES);
        } catch (ZipException e) {
            throw new IOException("entry cannot be inflated: " + e.getMessage(), e);
        }
    }

    abstract InputStream open(String path) throws IOException;

    /** Path to reason, of folders and files that could not even be listed. */
    final Map<String, String> unreadable() {
        return unreadable;
    }

    /** Adds a file under its name; of two equal names only the first. */
    final <T> void add(Map<String, T> files, String name, T file) {
        if (files.putIfAbsent(name, file) != null) {
            unreadable.put(name + " (another)", "has the same name as another file");
        }
    }

    @Override
    public abstract void close() throws IOException;

    private static final class Folder extends CorpusSource {
        private final Map<String, Path> files = new TreeMap<>();

        Folder(Path root) throws IOException {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() || Files.isRegularFile(file)) {
                        add(files, FileNames.of(root, file), file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                    if (file.equals(root)) {
                        throw problem;
                    }
                    unreadable().put(FileNames.of(root, file), FileProblem.reason(problem));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem)
                        throws IOException {
                    return problem == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, problem);
                }
            });
        }

        @Override
        List<String> paths() {
            return List.copyOf(files.keySet());
        }

        @Override
        InputStream open(String path) throws IOException {
            Path file = files.get(path);
            if (file == null) {
                throw new IOException("no such file");
            }
            return Files.newInputStream(file);
        }

        @Override
        public void close() {}
    }

    private static final class Zip extends CorpusSource {
        private final ZipFile zip;
        private final Map<String, ZipEntry> entries = new TreeMap<>();

        Zip(ZipFile zip) {
            this.zip = zip;
            zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .forEach(entry -> add(entries, ZipNames.of(entry.getName()), entry));
        }

        @Override
        List<String> paths() {
            return List.copyOf(entries.keySet());
        }

        @Override
        InputStream open(String path) throws IOException {
            ZipEntry entry = entries.get(path);
            InputStream in = entry == null ? null : zip.getInputStream(entry);
            if (in == null) {
                throw new IOException("no such entry");
            }
            return in;
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }
}
