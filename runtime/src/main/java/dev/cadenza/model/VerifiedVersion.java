package dev.cadenza.model;

import dev.cadenza.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A version whose files are all there, all listed and all of the right size and hash. Its bytes were read once; what
 * was hashed is what {@link #model} returns.
 *
 * <p>Verified is not yet playable: {@code dev.cadenza.onnx.LoadedVersion} finds out what the graph computes.
 */
public final class VerifiedVersion {
    public static final String MANIFEST = "manifest.json";
    public static final String MODEL = "model.onnx";
    public static final String GOLDEN = "golden.json";
    public static final String CARD = "MODEL_CARD.md";
    /** The checkpoint that the version was exported from; training can begin with it, no server reads it. */
    public static final String CHECKPOINT = "checkpoint.zip";

    static final long MAX_MANIFEST_BYTES = 1L << 20;
    static final long MAX_GOLDEN_BYTES = 16L << 20;
    static final long MAX_CARD_BYTES = 1L << 20;
    static final long MAX_FILE_BYTES = 1L << 30;
    static final int MAX_FILES = 16;

    private final VersionId id;
    private final ModelManifest manifest;
    private final String manifestSha256;
    private final byte[] model;
    private final @Nullable String card;
    private final Golden golden;

    private VerifiedVersion(
            VersionId id,
            ModelManifest manifest,
            String manifestSha256,
            byte[] model,
            Golden golden,
            @Nullable String card) {
        this.id = id;
        this.manifest = manifest;
        this.manifestSha256 = manifestSha256;
        this.model = model;
        this.golden = golden;
        this.card = card;
    }

    static VerifiedVersion read(VersionId id, VersionFiles files) throws ModelRefusedException, IOException {
        Set<String> present = files.names();
        byte[] manifestBytes = files.read(MANIFEST, MAX_MANIFEST_BYTES);
        ModelManifest manifest = ManifestRules.parse(id, manifestBytes);
        requireSameNames(id, manifest.files(), present);

        byte[] model = new byte[0];
        byte[] golden = new byte[0];
        String card = null;
        for (Map.Entry<String, FileEntry> listed : manifest.files().entrySet()) {
            String name = listed.getKey();
            FileEntry actual;
            switch (name) {
                case MODEL -> {
                    model = files.read(name, MAX_FILE_BYTES);
                    actual = FileEntry.of(model);
                }
                case GOLDEN -> {
                    golden = files.read(name, MAX_GOLDEN_BYTES);
                    actual = FileEntry.of(golden);
                }
                case CARD -> {
                    byte[] text = files.read(name, MAX_CARD_BYTES);
                    card = new String(text, StandardCharsets.UTF_8);
                    actual = FileEntry.of(text);
                }
                default -> actual = files.entry(name, MAX_FILE_BYTES);
            }
            requireSame(id, name, listed.getValue(), actual);
        }
        requireNoExternalData(id, model);
        return new VerifiedVersion(id, manifest, Sha256.hex(manifestBytes), model, parseGolden(id, golden), card);
    }

    public VersionId id() {
        return id;
    }

    public ModelManifest manifest() {
        return manifest;
    }

    /** SHA-256 of {@code model.onnx}, 64 hexadecimal digits. */
    public String sha256() {
        return file(MODEL).sha256();
    }

    /** SHA-256 of {@code manifest.json}, which lists all other hashes: two versions with the same one are the same. */
    public String contentSha256() {
        return manifestSha256;
    }

    /** The bytes of {@code model.onnx}; not a copy, not to be written to. */
    public byte[] model() {
        return model;
    }

    /** The text of {@code MODEL_CARD.md}, if there is one. */
    public Optional<String> card() {
        return Optional.ofNullable(card);
    }

    public Golden golden() {
        return golden;
    }

    /** Hash and size of a file that the manifest lists. */
    private FileEntry file(String name) {
        FileEntry entry = manifest.files().get(name);
        if (entry == null) {
            throw new IllegalArgumentException(
                    "name (" + name + ") must be one of " + manifest.files().keySet());
        }
        return entry;
    }

    private static void requireSameNames(VersionId id, Map<String, FileEntry> listed, Set<String> present)
            throws ModelRefusedException {
        for (String name : listed.keySet()) {
            if (!present.contains(name)) {
                throw new ModelRefusedException(id, name + " is missing");
            }
        }
        Set<String> unlisted = new TreeSet<>(present);
        unlisted.removeAll(listed.keySet());
        unlisted.remove(MANIFEST);
        if (!unlisted.isEmpty()) {
            throw new ModelRefusedException(id, unlisted.iterator().next() + " is not listed in " + MANIFEST);
        }
    }

    private static void requireSame(VersionId id, String name, FileEntry expected, FileEntry actual)
            throws ModelRefusedException {
        if (expected.bytes() != actual.bytes()) {
            throw new ModelRefusedException(
                    id, name + " has " + actual.bytes() + " bytes, " + MANIFEST + " says " + expected.bytes());
        }
        if (!expected.sha256().equals(actual.sha256())) {
            throw new ModelRefusedException(
                    id, name + " has sha256 " + actual.sha256() + ", " + MANIFEST + " says " + expected.sha256());
        }
    }

    private static void requireNoExternalData(VersionId id, byte[] model) throws ModelRefusedException {
        try {
            if (ExternalDataScan.finds(model)) {
                throw new ModelRefusedException(id, MODEL + " keeps tensors in another file");
            }
        } catch (ExternalDataScan.MalformedException e) {
            throw new ModelRefusedException(id, MODEL + " is not an ONNX file: " + e.getMessage(), e);
        }
    }

    private static Golden parseGolden(VersionId id, byte[] json) throws ModelRefusedException {
        try {
            Golden golden = Golden.parse(json);
            if (golden.format() != Golden.FORMAT) {
                throw new ModelRefusedException(
                        id, GOLDEN + " has format " + golden.format() + ", known is " + Golden.FORMAT);
            }
            return golden;
        } catch (IOException e) {
            throw new ModelRefusedException(id, GOLDEN + ": " + ManifestRules.problem(e), e);
        }
    }

    @Override
    public String toString() {
        return id + " (" + sha256() + ")";
    }
}
