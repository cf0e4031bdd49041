package dev.cadenza.model;

import dev.cadenza.files.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Set;
import java.util.TreeSet;

/** Reads the files of one version's folder: links are followed only below the root, and every size has a limit. */
final class VersionFiles {
    private final VersionId id;
    private final Path folder;
    private final Path realRoot;

    /**
     * @param folder the version's folder
     * @param realRoot the models folder, free of links
     */
    VersionFiles(VersionId id, Path folder, Path realRoot) {
        this.id = id;
        this.folder = folder;
        this.realRoot = realRoot;
    }

    /** The names in the folder, without those that begin with a dot. */
    Set<String> names() throws ModelRefusedException, IOException {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(resolve(folder, "its folder"))) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!name.startsWith(".")) {
                    names.add(name);
                }
            }
        } catch (NotDirectoryException e) {
            throw new ModelRefusedException(id, "it is not a folder", e);
        }
        return names;
    }

    /** The whole file. */
    byte[] read(String name, long maxBytes) throws ModelRefusedException, IOException {
        Path file = regular(name, maxBytes);
        // In one array of its size: a model in many pieces first would be as much garbage again.
        byte[] content = new byte[Math.toIntExact(Math.min(Files.size(file), maxBytes))];
        try (InputStream in = Files.newInputStream(file)) {
            int size = in.readNBytes(content, 0, content.length);
            if (size < content.length || in.read() >= 0) {
                throw new ModelRefusedException(id, name + " changed while it was read");
            }
            return content;
        }
    }

    /** Hash and size of the file, which is read in pieces and not kept. */
    FileEntry entry(String name, long maxBytes) throws ModelRefusedException, IOException {
        Path file = regular(name, maxBytes);
        MessageDigest digest = Sha256.digest();
        long size = 0;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] piece = new byte[1 << 16];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                digest.update(piece, 0, n);
                size += n;
                if (size > maxBytes) {
                    throw tooLarge(name, maxBytes);
                }
            }
        }
        return new FileEntry(Sha256.hex(digest), size);
    }

    private Path regular(String name, long maxBytes) throws ModelRefusedException, IOException {
        Path file = resolve(folder.resolve(name), name);
        if (!Files.isRegularFile(file)) {
            throw new ModelRefusedException(id, name + " is not a regular file");
        }
        if (Files.size(file) > maxBytes) {
            throw tooLarge(name, maxBytes);
        }
        return file;
    }

    private Path resolve(Path path, String what) throws ModelRefusedException, IOException {
        try {
            Path real = path.toRealPath();
            if (!real.startsWith(realRoot)) {
                throw new ModelRefusedException(id, what + " is a link that leads out of the models folder");
            }
            return real;
        } catch (NoSuchFileException e) {
            throw new ModelRefusedException(id, what + " is missing", e);
        }
    }

    private ModelRefusedException tooLarge(String name, long maxBytes) {
        return new ModelRefusedException(id, name + " is larger than " + (maxBytes >> 20) + " MiB");
    }
}
