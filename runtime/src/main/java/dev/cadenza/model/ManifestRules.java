package dev.cadenza.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.List;

/** What a manifest must say for its version to be taken. */
final class ManifestRules {
    private static final List<String> REQUIRED =
            List.of(VerifiedVersion.MODEL, VerifiedVersion.GOLDEN, VerifiedVersion.CARD);
    private static final int MAX_HIDDEN = 1 << 16;

    private ManifestRules() {}

    static ModelManifest parse(VersionId id, byte[] json) throws ModelRefusedException {
        ModelManifest manifest;
        try {
            manifest = ModelManifest.parse(json);
        } catch (IOException e) {
            throw new ModelRefusedException(id, VerifiedVersion.MANIFEST + ": " + problem(e), e);
        }
        check(id, manifest);
        return manifest;
    }

    /** The problem and its place in the text, without the source that Jackson quotes. */
    static String problem(IOException e) {
        if (e instanceof JsonProcessingException json) {
            String where = json.getLocation() == null
                    ? ""
                    : " at line " + json.getLocation().getLineNr() + ", column "
                            + json.getLocation().getColumnNr();
            // What Jackson would have its caller configure is of no use to who wrote the file.
            return json.getOriginalMessage().replaceFirst(" \\(set DeserializationConfig.*\\)", "") + where;
        }
        return e.getClass().getSimpleName();
    }

    private static void check(VersionId id, ModelManifest manifest) throws ModelRefusedException {
        if (manifest.format() != ModelManifest.FORMAT) {
            throw new ModelRefusedException(
                    id, "format is " + manifest.format() + ", known is " + ModelManifest.FORMAT);
        }
        ModelKind kind = manifest.modelKind()
                .orElseThrow(() -> new ModelRefusedException(id, "kind " + manifest.kind() + " is unknown"));
        int hidden = manifest.hidden();
        if (hidden < 1 || hidden > MAX_HIDDEN) {
            throw new ModelRefusedException(id, "input h must have dims [1, batch, 1.." + MAX_HIDDEN + "]");
        }
        GraphSignature expected = kind.signature(manifest);
        requireTensors(id, "inputs", expected.inputs(), manifest.inputs());
        requireTensors(id, "outputs", expected.outputs(), manifest.outputs());
        if (!manifest.batchInvariant() && !kind.mayDependOnBatch()) {
            throw new ModelRefusedException(id, "batch_invariant is false, which kind " + kind.id() + " must not be");
        }
        for (String name : REQUIRED) {
            if (!manifest.files().containsKey(name)) {
                throw new ModelRefusedException(id, VerifiedVersion.MANIFEST + " does not list " + name);
            }
        }
        if (manifest.files().size() > VerifiedVersion.MAX_FILES) {
            throw new ModelRefusedException(
                    id, VerifiedVersion.MANIFEST + " lists more than " + VerifiedVersion.MAX_FILES + " files");
        }
        for (String name : manifest.files().keySet()) {
            if (!name.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}") || name.equals(VerifiedVersion.MANIFEST)) {
                throw new ModelRefusedException(id, VerifiedVersion.MANIFEST + " lists a file of an impossible name");
            }
        }
    }

    private static void requireTensors(VersionId id, String what, List<TensorSpec> expected, List<TensorSpec> actual)
            throws ModelRefusedException {
        if (!expected.equals(actual)) {
            throw new ModelRefusedException(id, what + " are " + actual + ", expected " + expected);
        }
    }
}
