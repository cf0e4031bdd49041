package dev.cadenza.model;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.files.Sha256;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** The fixture of format 1, {@code tiny-paper@1} (7 units, random parameters), and copies of it to damage. */
public final class TestModels {
    public static final VersionId TINY = new VersionId("tiny-paper", 1);
    public static final int HIDDEN = 7;
    private static final JsonMapper JSON = new JsonMapper();

    private TestModels() {}

    /** The models folder of the fixtures. */
    public static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(TestModels.class.getResource("/models"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static VerifiedVersion tiny() throws IOException, ModelRefusedException {
        return new ModelRepository(folder()).verify(TINY);
    }

    /** Copies the fixture into another models folder, file by file, and returns the copy's folder. */
    public static Path copyTo(Path models) throws IOException {
        Path copy = Files.createDirectories(models.resolve("tiny-paper/1"));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder().resolve("tiny-paper/1"))) {
            for (Path file : files) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    /** Changes the manifest of a copy. */
    public static void editManifest(Path version, Consumer<ObjectNode> edit) throws IOException {
        Path file = version.resolve(VerifiedVersion.MANIFEST);
        ObjectNode manifest = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
        edit.accept(manifest);
        Files.write(file, JSON.writeValueAsBytes(manifest));
    }

    /** Puts other bytes into a file of a copy, and their hash and size into the manifest: a version that lies well. */
    public static void replace(Path version, String name, byte[] content) throws IOException {
        Files.write(version.resolve(name), content);
        editManifest(
                version,
                manifest -> manifest.withObject("/files")
                        .putObject(name)
                        .put("sha256", Sha256.hex(content))
                        .put("bytes", content.length));
    }

    /** The fixture's files but the manifest, as they are given to a publication. */
    static Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        for (String name : new String[] {VerifiedVersion.MODEL, VerifiedVersion.GOLDEN, VerifiedVersion.CARD}) {
            files.put(name, Files.readAllBytes(folder().resolve("tiny-paper/1").resolve(name)));
        }
        return files;
    }

    /** Offset of the data of a named constant in the bytes of an ONNX file that this project wrote. */
    public static int dataOffset(byte[] model, String constant) {
        // TensorProto: name (field 8), then raw_data (field 9) with a length of one or two bytes.
        byte[] name = constant.getBytes(StandardCharsets.UTF_8);
        for (int at = 2; at < model.length - name.length; at++) {
            if (model[at - 2] == 0x42
                    && model[at - 1] == name.length
                    && java.util.Arrays.equals(model, at, at + name.length, name, 0, name.length)) {
                int length = at + name.length + 1;
                return model[length] < 0 ? length + 2 : length + 1;
            }
        }
        throw new IllegalArgumentException("constant (" + constant + ") must be in the model");
    }
}
