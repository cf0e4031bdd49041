package dev.cadenza.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Generator;
import dev.cadenza.generation.Length;
import dev.cadenza.generation.NoteListener;
import dev.cadenza.generation.Piece;
import dev.cadenza.generation.Prompt;
import dev.cadenza.generation.Variation;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.Player;
import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.TestModels;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import dev.cadenza.onnx.device.CudaProbe;
import dev.cadenza.onnx.device.Device;
import dev.cadenza.onnx.device.DeviceChoice;
import dev.cadenza.onnx.device.DeviceUnavailableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadedVersionTest {
    @TempDir
    Path folder;

    @Test
    void playsTheFixture() throws Exception {
        try (LoadedVersion version = LoadedVersion.load(TestModels.tiny(), DeviceChoice.CPU);
                Player model = version.lease().orElseThrow()) {
            assertThat(version.id()).isEqualTo(TestModels.TINY);
            assertThat(version.device()).isEqualTo(Device.CPU);
            assertThat(version.deviceNote()).isEmpty();
            assertThat(version.sha256()).isEqualTo(TestModels.tiny().sha256());
            assertThat(model.description().kind()).isEqualTo("paper");
            assertThat(model.description().ticksPerSecond()).isEqualTo(1000);
            assertThat(generate(model, 7, 1).get(0).notes().size()).isEqualTo(100);
        }
    }

    @Test
    void theSameSeedIsTheSameMusicAloneInACrowdAndAfterARestart() throws Exception {
        List<Variation> crowd;
        try (LoadedVersion version = LoadedVersion.load(TestModels.tiny(), DeviceChoice.CPU);
                Player model = version.lease().orElseThrow()) {
            crowd = generate(model, 100, 16);
        }
        try (LoadedVersion again = LoadedVersion.load(TestModels.tiny(), DeviceChoice.CPU);
                Player model = again.lease().orElseThrow()) {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Callable<List<Variation>>> tasks = new ArrayList<>();
                for (Variation variation : crowd) {
                    tasks.add(() -> generate(model, variation.seed(), 1));
                }
                int i = 0;
                for (Future<List<Variation>> alone : threads.invokeAll(tasks)) {
                    assertThat(alone.get()).containsExactly(crowd.get(i++));
                }
            } finally {
                threads.shutdown();
            }
        }
    }

    @Test
    void aClosedVersionGivesNoLease() throws Exception {
        LoadedVersion version = LoadedVersion.load(TestModels.tiny(), DeviceChoice.CPU);
        version.close();
        assertThat(version.lease()).isEmpty();
        assertThat(version.isReleased()).isTrue();
        version.close();
    }

    @Test
    void theLastLeaseClosesTheSession() throws Exception {
        LoadedVersion version = LoadedVersion.load(TestModels.tiny(), DeviceChoice.CPU);
        Player first = version.lease().orElseThrow();
        Player second = version.lease().orElseThrow();
        version.close();
        first.close();
        first.close();
        assertThat(version.lease()).as("a new lease while an old one is out").isEmpty();
        assertThat(version.isReleased()).isFalse();
        assertThat(generate(second, 1, 2)).hasSize(2);
        assertThatThrownBy(() -> generate(first, 1, 1)).isInstanceOf(IllegalStateException.class);
        second.close();
        assertThat(version.isReleased()).isTrue();
    }

    @Test
    void closingWhileOthersPlayCutsNobodyOff() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            for (int round = 0; round < 20; round++) {
                LoadedVersion version = LoadedVersion.load(TestModels.tiny(), DeviceChoice.CPU);
                List<Future<Integer>> playing = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    Player model = version.lease().orElseThrow();
                    playing.add(threads.submit(() -> {
                        try (model) {
                            return generate(model, 1, 1).get(0).notes().size();
                        }
                    }));
                }
                version.close();
                for (Future<Integer> done : playing) {
                    assertThat(done.get()).isEqualTo(100);
                }
                assertThat(version.isReleased()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void cudaOrNothingFailsInOneLineWhereThereIsNone() throws Exception {
        assumeThat(CudaProbe.obstacle()).isPresent();
        assertThatThrownBy(() -> LoadedVersion.load(TestModels.tiny(), DeviceChoice.CUDA))
                .isInstanceOf(DeviceUnavailableException.class)
                .hasMessageStartingWith("CUDA cannot be used: ")
                .message()
                .hasLineCount(1);
        try (LoadedVersion version = LoadedVersion.load(TestModels.tiny(), DeviceChoice.AUTO)) {
            assertThat(version.device()).isEqualTo(Device.CPU);
            assertThat(version.deviceNote().orElseThrow()).startsWith("CUDA is not used: ");
        }
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() throws Exception {
        assertRefused("output_weights", Float.NaN, "golden replay: ");
        assertRefused("lstm_recurrent_weights", Float.POSITIVE_INFINITY, "golden replay: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"output_bias", "output_weights", "lstm_bias", "lstm_input_weights", "deviations"})
    void aWeightThatIsSlightlyOffIsRefused(String constant) throws Exception {
        assertRefused(constant, 0.3f, "golden replay: ");
    }

    private void assertRefused(String constant, float value, String reason) throws Exception {
        Path models = Files.createTempDirectory(folder, "models");
        Path version = TestModels.copyTo(models);
        byte[] model = Files.readAllBytes(version.resolve("model.onnx"));
        int offset = TestModels.dataOffset(model, constant);
        ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN).putFloat(offset, value);
        TestModels.replace(version, "model.onnx", model);
        assertRefused(models, reason);
    }

    @Test
    void aManifestWithAnotherEncodingThanTheGraphIsRefused() throws Exception {
        Path version = TestModels.copyTo(folder);
        TestModels.editManifest(
                version, manifest -> manifest.withObject("/encoding").put("ticks_per_second", 100));
        assertRefused(folder, "model.onnx: cadenza.encoding is not manifest.json's encoding");
    }

    @Test
    void aManifestWithAnotherWidthThanTheGraphIsRefused() throws Exception {
        Path version = TestModels.copyTo(folder);
        TestModels.editManifest(version, manifest -> {
            for (String tensor : new String[] {"/inputs/2", "/inputs/3", "/outputs/3", "/outputs/4"}) {
                ((ObjectNode) manifest.at(tensor))
                        .putArray("shape")
                        .add("1")
                        .add("batch")
                        .add("8");
            }
        });
        assertRefused(folder, "model.onnx: inputs are ");
    }

    @Test
    void aGoldenPieceWithOtherOutputsIsRefused() throws Exception {
        Path version = TestModels.copyTo(folder);
        String golden = Files.readString(version.resolve("golden.json"));
        TestModels.replace(
                version, "golden.json", golden.replace("\"mean\"", "\"median\"").getBytes(StandardCharsets.UTF_8));
        assertRefused(folder, "golden.json has the outputs");
    }

    @Test
    void aGraphThatOnnxRuntimeDoesNotTakeIsRefused() throws Exception {
        replaceOperator("Add", "And");
        assertRefused(folder, "model.onnx: ONNX Runtime does not take the graph");
    }

    @Test
    void aGraphWithAnOperatorThatIsNotOnTheListIsRefusedByItsName() throws Exception {
        replaceOperator("MatMul", "MutMal");
        assertRefused(folder, "model.onnx: node 'output_product' (MutMal): the operator is not on the list");
    }

    private void replaceOperator(String operator, String other) throws Exception {
        Path version = TestModels.copyTo(folder);
        byte[] model = Files.readAllBytes(version.resolve("model.onnx"));
        String changed = new String(model, StandardCharsets.ISO_8859_1)
                .replace("\"" + (char) operator.length() + operator, "\"" + (char) other.length() + other);
        TestModels.replace(version, "model.onnx", changed.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void assertRefused(Path models, String reason) throws Exception {
        var verified = new ModelRepository(models).verify(TestModels.TINY);
        assertThatThrownBy(() -> LoadedVersion.load(verified, DeviceChoice.CPU))
                .isInstanceOfSatisfying(
                        ModelRefusedException.class, e -> assertThat(e.reason()).startsWith(reason));
    }

    private static List<Variation> generate(Player model, long seed, int variations) throws Exception {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            notes.add(new Note(0, 40 + i % 30, 70, i * 37L, 40));
        }
        Prompt prompt = new Prompt(Score.of(TempoMap.constant(500, 500_000), notes));
        Piece piece = Generator.generate(
                model,
                prompt,
                GenerationOptions.ofSeed(seed).withLength(new Length.Notes(100)).withVariations(variations),
                NoteListener.SILENT,
                Deadline.NONE);
        return piece.variations();
    }
}
