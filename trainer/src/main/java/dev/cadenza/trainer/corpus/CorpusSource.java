package dev.cadenza.trainer.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Where the files of a corpus lie: a folder or a zip. Safe for use by several threads. */
abstract sealed class CorpusSource implements AutoCloseable {
    /** More than any MIDI file or table of a corpus, far less than memory. */
    private static final int MAX_FILE_BYTES = 64 << 20;

    static CorpusSource of(Path data) throws IOException, CorpusFormatException {
        if (Files.isDirectory(data)) {
            return new Folder(data);
        }
        try {
            return new Zip(data, new ZipFile(data.toFile()));
        } catch (ZipException e) {
            throw new CorpusFormatException(data + ": neither a folder nor a readable zip: " + e.getMessage(), e);
        }
    }

    /** All file paths, relative, with forward slashes. */
    abstract List<String> paths() throws IOException;

    /** The content of one file; one over 64 MiB comes cut there, and no reader takes it for whole. */
    abstract byte[] bytes(String path) throws IOException;

    @Override
    public abstract void close() throws IOException;

    private static final class Folder extends CorpusSource {
        private final Path root;

        Folder(Path root) {
            this.root = root;
        }

        @Override
        List<String> paths() throws IOException {
            try (Stream<Path> walk = Files.walk(root)) {
                return walk.filter(Files::isRegularFile)
                        .map(path -> root.relativize(path).toString().replace('\\', '/'))
                        .toList();
            }
        }

        @Override
        byte[] bytes(String path) throws IOException {
            try (InputStream in = Files.newInputStream(root.resolve(path))) {
                return in.readNBytes(MAX_FILE_BYTES);
            }
        }

        @Override
        public void close() {}
    }

    private static final class Zip extends CorpusSource {
        private final Path path;
        private final ZipFile zip;

        Zip(Path path, ZipFile zip) {
            this.path = path;
            this.zip = zip;
        }

        @Override
        List<String> paths() {
            return zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        }

        @Override
        byte[] bytes(String name) throws IOException {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                throw new IOException(path + ": no entry " + name);
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return in.readNBytes(MAX_FILE_BYTES);
            } catch (ZipException e) {
                throw new IOException(path + ": entry " + name + ": " + e.getMessage(), e);
            }
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }
}
