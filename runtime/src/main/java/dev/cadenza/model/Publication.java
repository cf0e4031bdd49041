package dev.cadenza.model;

import dev.cadenza.files.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/** Publishing one version: a staging folder whose name begins with a dot, then one rename. */
final class Publication {
    private static final int MAX_ATTEMPTS = 100;

    private final Path root;
    private final String name;
    private final Path parent;

    Publication(Path root, String name) {
        this.root = root;
        this.name = name;
        this.parent = root.resolve(name);
    }

    VersionId publish(ModelManifest draft, Map<String, byte[]> files, ModelRepository.Proof proof)
            throws ModelRefusedException, IOException {
        boolean newRoot = !Files.exists(root);
        boolean newParent = !Files.exists(parent);
        Files.createDirectories(parent);
        Path staging = Files.createTempDirectory(parent, ".staging-");
        boolean published = false;
        try {
            write(staging, draft, files);
            VersionId id = new VersionId(name, nextNumber());
            proof.check(VerifiedVersion.read(id, new VersionFiles(id, staging, root.toRealPath())));
            VersionId visible = rename(staging);
            published = true;
            syncFolder(parent);
            if (newParent) {
                syncFolder(root);
            }
            return visible;
        } finally {
            if (!published) {
                delete(staging);
                if (newParent) {
                    deleteIfEmpty(parent);
                }
                if (newRoot) {
                    deleteIfEmpty(root);
                }
            }
        }
    }

    private static void write(Path staging, ModelManifest draft, Map<String, byte[]> files) throws IOException {
        Map<String, FileEntry> entries = new TreeMap<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            WholeFile.write(staging.resolve(file.getKey()), file.getValue());
            entries.put(file.getKey(), FileEntry.of(file.getValue()));
        }
        WholeFile.write(
                staging.resolve(VerifiedVersion.MANIFEST),
                draft.withFiles(entries).toJson());
        // Temporary folders are made for their owner alone; a version is for every user who may read the models.
        if (isPosix()) {
            Files.setPosixFilePermissions(staging, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        syncFolder(staging);
    }

    /** Another publisher may take a number first: renaming onto a folder with files fails, and the next is tried. */
    private VersionId rename(Path staging) throws IOException {
        for (int attempt = 1; ; attempt++) {
            VersionId id = new VersionId(name, nextNumber());
            try {
                Files.move(staging, parent.resolve(Integer.toString(id.version())), StandardCopyOption.ATOMIC_MOVE);
                return id;
            } catch (FileSystemException e) {
                if (attempt == MAX_ATTEMPTS || !Files.exists(parent.resolve(Integer.toString(id.version())))) {
                    throw e;
                }
            }
        }
    }

    private int nextNumber() throws IOException {
        int highest = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
            for (Path entry : entries) {
                String number = String.valueOf(entry.getFileName());
                if (VersionId.isNumber(number)) {
                    highest = Math.max(highest, Integer.parseInt(number));
                }
            }
        }
        return highest + 1;
    }

    private static void syncFolder(Path folder) throws IOException {
        // Windows cannot open a folder as a file, and needs no such call.
        if (isPosix()) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static void delete(Path staging) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(staging)) {
            for (Path entry : entries) {
                Files.delete(entry);
            }
        }
        Files.delete(staging);
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        try {
            Files.delete(folder);
        } catch (DirectoryNotEmptyException e) {
            // Another process has published here meanwhile.
        }
    }
}
