package dev.cadenza.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions that must not be taken, and what is said of them. */
class RefusalTest {
    @TempDir
    Path folder;

    private Path models = Path.of("nowhere");
    private Path version = Path.of("nowhere");

    @BeforeEach
    void copy() throws IOException {
        models = Files.createDirectory(folder.resolve("models"));
        version = TestModels.copyTo(models);
    }

    @Test
    void theCopyIsGood() throws Exception {
        assertThat(new ModelRepository(models).verify(TestModels.TINY).sha256())
                .isEqualTo(TestModels.tiny().sha256());
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.onnx", "golden.json", "MODEL_CARD.md", "manifest.json"})
    void aMissingFile(String name) throws Exception {
        Files.delete(version.resolve(name));
        assertRefused(name + " is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.onnx", "golden.json", "MODEL_CARD.md"})
    void aTruncatedFile(String name) throws Exception {
        byte[] whole = Files.readAllBytes(version.resolve(name));
        Files.write(version.resolve(name), Arrays.copyOf(whole, whole.length - 1));
        assertRefused(name + " has " + (whole.length - 1) + " bytes, manifest.json says " + whole.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.onnx", "golden.json", "MODEL_CARD.md"})
    void anyBitTheOtherWayRound(String name) throws Exception {
        byte[] whole = Files.readAllBytes(version.resolve(name));
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 50; i++) {
            byte[] flipped = whole.clone();
            flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(version.resolve(name), flipped);
            assertRefused(name + " has sha256");
        }
    }

    @Test
    void aFileThatIsNotListed() throws Exception {
        Files.writeString(version.resolve("weights.bin"), "x");
        assertRefused("weights.bin is not listed in manifest.json");
    }

    @Test
    void aHiddenFileDoesNotCount() throws Exception {
        Files.writeString(version.resolve(".DS_Store"), "x");
        Files.createDirectory(version.resolve("..data"));
        new ModelRepository(models).verify(TestModels.TINY);
    }

    @Test
    void aFolderInPlaceOfAFile() throws Exception {
        Files.delete(version.resolve("model.onnx"));
        Files.createDirectory(version.resolve("model.onnx"));
        assertRefused("model.onnx is not a regular file");
    }

    @Test
    void aManifestThatIsHalfThere() throws Exception {
        byte[] whole = Files.readAllBytes(version.resolve("manifest.json"));
        for (int length : new int[] {0, 1, whole.length / 2, whole.length - 3}) {
            Files.write(version.resolve("manifest.json"), Arrays.copyOf(whole, length));
            assertRefused("manifest.json: ");
        }
    }

    @Test
    void aManifestThatIsTooLarge() throws Exception {
        Files.write(version.resolve("manifest.json"), new byte[(1 << 20) + 1]);
        assertRefused("manifest.json is larger than 1 MiB");
    }

    static Stream<Arguments> manifests() {
        return Stream.of(
                manifest("format is 2, known is 1", m -> m.put("format", 2)),
                manifest("kind sonata is unknown", m -> m.put("kind", "sonata")),
                manifest("manifest.json: Missing creator property 'opset'", m -> m.remove("opset")),
                manifest("manifest.json: ", m -> m.put("opset", "17")),
                manifest("manifest.json: ", m -> m.putNull("licence")),
                manifest("batch_invariant is false", m -> m.put("batch_invariant", false)),
                manifest("inputs are [note float32", m -> ((ObjectNode) m.at("/inputs/0")).put("type", "float32")),
                manifest("outputs are [next", m -> m.withArray("/outputs").remove(4)),
                manifest("input h must have dims", m -> m.withArray("/inputs").remove(2)),
                manifest("manifest.json: ", m -> ((ObjectNode) m.at("/inputs/0")).put("type", "string")),
                manifest(
                        "does not list golden.json", m -> m.withObject("/files").remove("golden.json")),
                manifest("manifest.json lists a file of an impossible name", m -> {
                    ObjectNode files = m.withObject("/files");
                    files.set("../../secret", files.get("model.onnx"));
                }),
                manifest("manifest.json lists a file of an impossible name", m -> {
                    ObjectNode files = m.withObject("/files");
                    files.set("manifest.json", files.get("model.onnx"));
                }),
                manifest(
                        "manifest.json: ",
                        m -> m.withObject("/files/model.onnx").put("sha256", "ABC")),
                manifest(
                        "manifest.json: ",
                        m -> m.withObject("/files/model.onnx").put("bytes", -1)));
    }

    private static Arguments manifest(String reason, Consumer<ObjectNode> edit) {
        return Arguments.of(reason, edit);
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void aManifestThatSaysWhatItMustNot(String reason, Consumer<ObjectNode> edit) throws Exception {
        TestModels.editManifest(version, edit);
        assertRefused(reason);
    }

    @Test
    void aManifestWithATwin() throws Exception {
        String manifest = Files.readString(version.resolve("manifest.json"));
        Files.writeString(version.resolve("manifest.json"), manifest.replaceFirst("\\{", "{ \"kind\" : \"paper\","));
        assertRefused("manifest.json: Duplicate field 'kind'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"format\":1}", "not json"})
    void aGoldenPieceThatIsNone(String golden) throws Exception {
        TestModels.replace(version, "golden.json", golden.getBytes(StandardCharsets.UTF_8));
        assertRefused("golden.json: ");
    }

    @Test
    void aGoldenPieceOfAnotherFormat() throws Exception {
        String golden = Files.readString(version.resolve("golden.json"));
        TestModels.replace(
                version,
                "golden.json",
                golden.replace("\"format\":1", "\"format\":2").getBytes(StandardCharsets.UTF_8));
        assertRefused("golden.json has format 2, known is 1");
    }

    @Test
    void tensorsInAnotherFile() throws Exception {
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        model.writeBytes(Files.readAllBytes(version.resolve("model.onnx")));
        // A second piece of the graph, which protobuf merges with the first: an initializer with external data.
        model.writeBytes(new byte[] {7 << 3 | 2, 4, 5 << 3 | 2, 2, 14 << 3, 1});
        TestModels.replace(version, "model.onnx", model.toByteArray());
        assertRefused("model.onnx keeps tensors in another file");
    }

    @Test
    void aModelThatIsNoOnnx() throws Exception {
        TestModels.replace(version, "model.onnx", "not a model".getBytes(StandardCharsets.UTF_8));
        assertRefused("model.onnx is not an ONNX file");
    }

    @Test
    void aLinkOutOfTheModelsFolder() throws Exception {
        Path secret = Files.move(version.resolve("model.onnx"), folder.resolve("elsewhere.onnx"));
        Files.createSymbolicLink(version.resolve("model.onnx"), secret);
        assertRefused("model.onnx is a link that leads out of the models folder");
    }

    @Test
    void aVersionThatIsALinkOutOfTheModelsFolder() throws Exception {
        Path elsewhere = Files.move(version, folder.resolve("elsewhere"));
        Files.createSymbolicLink(version, elsewhere);
        assertRefused("its folder is a link that leads out of the models folder");
    }

    @Test
    void linksBelowTheRootAndARootThatIsALinkAreFine() throws Exception {
        // As a Kubernetes volume has it: the files are links into a hidden folder of the same volume.
        Path data = Files.createDirectory(models.resolve("..data"));
        for (String name : new String[] {"model.onnx", "golden.json", "MODEL_CARD.md", "manifest.json"}) {
            Files.move(version.resolve(name), data.resolve(name));
            Files.createSymbolicLink(
                    version.resolve(name), Path.of("../../..data").resolve(name));
        }
        Path root = Files.createSymbolicLink(folder.resolve("root"), models);
        ModelRepository repository = new ModelRepository(root);
        assertThat(repository.versions()).containsExactly(TestModels.TINY);
        repository.verify(TestModels.TINY);
    }

    @Test
    void aReasonNamesNoPathOfTheMachine() throws Exception {
        Files.delete(version.resolve("model.onnx"));
        assertThatThrownBy(() -> new ModelRepository(models).verify(TestModels.TINY))
                .message()
                .doesNotContain(folder.toString());
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> new ModelRepository(models).verify(TestModels.TINY))
                .isInstanceOfSatisfying(
                        ModelRefusedException.class, e -> assertThat(e.reason()).contains(reason));
    }
}
