package dev.cadenza.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cadenza.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The models folder: finds versions, verifies them, publishes new ones. It keeps nothing in memory; every call looks at
 * the folder as it is then, so that it may be used from many threads and while others publish.
 *
 * <pre>{@code
 * ModelRepository models = new ModelRepository(Path.of("models"));
 * for (VersionId id : models.versions()) {
 *     VerifiedVersion version = models.verify(id);
 * }
 * }</pre>
 *
 * <p>Names that begin with a dot are ignored. The root itself may be a link (Kubernetes mounts are); below it a link is
 * followed only if it leads to a place below the root.
 */
public final class ModelRepository {
    private final Path root;

    /**
     * A repository in that folder.
     *
     * @param root the models folder; it need not exist before something is published
     */
    public ModelRepository(Path root) {
        this.root = root;
    }

    /**
     * All versions that have a folder, by name and then by number, whether they are good or not; none if there is no
     * models folder.
     */
    public List<VersionId> versions() throws IOException {
        List<VersionId> found = new ArrayList<>();
        if (!Files.isDirectory(root)) {
            return found;
        }
        for (String name : folders(root)) {
            if (VersionId.isName(name)) {
                for (String number : folders(root.resolve(name))) {
                    if (VersionId.isNumber(number)) {
                        found.add(new VersionId(name, Integer.parseInt(number)));
                    }
                }
            }
        }
        found.sort(null);
        return found;
    }

    /**
     * Reads a version and holds it against its manifest.
     *
     * @throws ModelRefusedException if anything about it is not as it must be
     * @throws IOException if a file cannot be read
     */
    public VerifiedVersion verify(VersionId id) throws ModelRefusedException, IOException {
        try {
            return VerifiedVersion.read(id, files(id));
        } catch (NoSuchFileException e) {
            throw new ModelRefusedException(id, "there is no such version", e);
        }
    }

    /**
     * Copies a version to another models folder without its {@value VerifiedVersion#CHECKPOINT}, which is for training
     * alone. The model and so its hash stay the same; the manifest lists what is there.
     *
     * @param models the other models folder
     * @throws ModelRefusedException if the version is not as it must be
     * @throws IOException if a file cannot be read or written
     */
    public void copyForServing(VersionId id, Path models) throws ModelRefusedException, IOException {
        Set<String> files = new TreeSet<>(verify(id).manifest().files().keySet());
        boolean whole = !files.remove(VerifiedVersion.CHECKPOINT);
        Path to = models.resolve(root.relativize(folder(id)));
        Files.createDirectories(to);
        for (String file : files) {
            copy(folder(id).resolve(file), to.resolve(file));
        }
        Path listing = to.resolve(VerifiedVersion.MANIFEST);
        copy(folder(id).resolve(VerifiedVersion.MANIFEST), listing);
        if (!whole) {
            FileTime time = Files.getLastModifiedTime(listing);
            JsonNode manifest = ModelJson.MAPPER.readTree(Files.readAllBytes(listing));
            manifest.withObject("/files").remove(VerifiedVersion.CHECKPOINT);
            Files.write(listing, (manifest.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
            Files.setLastModifiedTime(listing, time);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /**
     * A look at a version's folder that reads no file.
     *
     * @throws IOException if it cannot be looked at
     */
    public VersionStamp stamp(VersionId id) throws IOException {
        try {
            VersionFiles files = files(id);
            return VersionStamp.of(folder(id), files.names());
        } catch (ModelRefusedException e) {
            return new VersionStamp(e.reason(), Instant.EPOCH);
        }
    }

    /**
     * SHA-256 over the names and contents of all files of a version, good or not; what cannot be read counts as why.
     *
     * @throws IOException if the folder cannot be looked at
     */
    public String contentSha256(VersionId id) throws IOException {
        StringBuilder content = new StringBuilder();
        try {
            VersionFiles files = files(id);
            for (String name : files.names()) {
                content.append(name).append('\0').append(content(files, name)).append('\n');
            }
        } catch (ModelRefusedException e) {
            content.append(e.reason());
        }
        return Sha256.hex(content.toString());
    }

    private static String content(VersionFiles files, String name) {
        try {
            FileEntry entry = files.entry(name, VerifiedVersion.MAX_FILE_BYTES);
            return entry.sha256() + " " + entry.bytes();
        } catch (ModelRefusedException | IOException e) {
            return e.toString();
        }
    }

    private Path folder(VersionId id) {
        return root.resolve(id.name()).resolve(Integer.toString(id.version()));
    }

    private VersionFiles files(VersionId id) throws IOException {
        return new VersionFiles(id, folder(id), root.toRealPath());
    }

    /**
     * Publishes the next version of a model: stages it next to the others, writes the files, then the manifest,
     * verifies it, lets {@code proof} look at it, and renames it into place in one step. Whatever fails, no part of it
     * stays.
     *
     * @param manifest its {@code files} are filled in here
     * @param files name to content; all files but the manifest
     * @param proof the last word before the version is visible
     * @throws ModelRefusedException if the version would be refused, or the proof refuses it
     */
    public VersionId publish(String name, ModelManifest manifest, Map<String, byte[]> files, Proof proof)
            throws ModelRefusedException, IOException {
        VersionId.requireName(name);
        return new Publication(root, name).publish(manifest, files, proof);
    }

    /** Tries a staged version out. */
    @FunctionalInterface
    public interface Proof {
        /**
         * Returns if the version is good.
         *
         * @param staged verified, not yet visible, under the number it is about to get
         * @throws ModelRefusedException if it must not be published
         */
        void check(VerifiedVersion staged) throws ModelRefusedException, IOException;
    }

    private static List<String> folders(Path parent) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, Files::isDirectory)) {
            for (Path entry : entries) {
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Deleted while it was being read.
            return List.of();
        }
        return names;
    }
}
