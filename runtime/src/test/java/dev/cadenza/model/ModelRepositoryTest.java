package dev.cadenza.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRepositoryTest {
    @TempDir
    Path folder;

    private ModelRepository models = new ModelRepository(Path.of("nowhere"));

    @BeforeEach
    void open() {
        models = new ModelRepository(folder);
    }

    @Test
    void theFixtureOfFormatOneIsStillRead() throws Exception {
        VerifiedVersion version = TestModels.tiny();
        assertThat(version.id()).isEqualTo(TestModels.TINY);
        assertThat(version.manifest().kind()).isEqualTo("paper");
        assertThat(version.manifest().hidden()).isEqualTo(TestModels.HIDDEN);
        assertThat(version.manifest().opset()).isEqualTo(17);
        assertThat(version.manifest().licence().id()).isEqualTo("Apache-2.0");
        assertThat(version.manifest().files())
                .containsEntry("model.onnx", new FileEntry(version.sha256(), version.model().length));
        assertThat(version.golden().steps()).isEqualTo(32);
        assertThat(version.golden().outputs().keySet()).containsExactly("c_next", "h_next", "logp", "mean");
    }

    @Test
    void findsVersionsByNameAndNumber() throws Exception {
        for (String path : List.of("b/2", "b/10", "b/1", "a.x-y_z/7")) {
            Files.createDirectories(folder.resolve(path));
        }
        assertThat(models.versions())
                .extracting(VersionId::toString)
                .containsExactly("a.x-y_z@7", "b@1", "b@2", "b@10");
    }

    @Test
    void ignoresEverythingThatIsNoVersion() throws Exception {
        for (String path : List.of(
                ".hidden/1",
                "a/.staging-17",
                "a/01",
                "a/0",
                "a/-1",
                "a/1.5",
                "a/x",
                "Upper/1",
                "_a/1",
                "a/9999999999")) {
            Files.createDirectories(folder.resolve(path));
        }
        Files.writeString(folder.resolve("a/3"), "a file");
        Files.writeString(folder.resolve("b"), "a file");
        assertThat(models.versions()).isEmpty();
    }

    @Test
    void noFolderMeansNoVersions() throws Exception {
        ModelRepository nowhere = new ModelRepository(folder.resolve("not/there"));
        assertThat(nowhere.versions()).isEmpty();
        assertThatThrownBy(() -> nowhere.verify(TestModels.TINY))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessage("tiny-paper@1 refused: there is no such version");
    }

    @Test
    void publishingTwiceGivesOneAndTwo() throws Exception {
        VersionId first = publish("tune");
        VersionId second = publish("tune");
        assertThat(first).isEqualTo(new VersionId("tune", 1));
        assertThat(second).isEqualTo(new VersionId("tune", 2));
        assertThat(models.verify(first).sha256()).isEqualTo(TestModels.tiny().sha256());
        assertThat(models.verify(second).contentSha256())
                .isEqualTo(models.verify(first).contentSha256());
    }

    @Test
    void theNextNumberIsAboveTheHighestEvenIfSomeAreGone() throws Exception {
        Files.createDirectories(folder.resolve("tune/7"));
        Files.createDirectories(folder.resolve("tune/.staging-99"));
        assertThat(publish("tune")).isEqualTo(new VersionId("tune", 8));
    }

    @Test
    void aFolderUnderAnotherNumberIsAVersionToo() throws Exception {
        Path copy = TestModels.copyTo(folder);
        Files.move(copy, folder.resolve("tiny-paper/41"));
        assertThat(models.verify(new VersionId("tiny-paper", 41)).sha256())
                .isEqualTo(TestModels.tiny().sha256());
    }

    @Test
    void manyPublishersNeverTakeTheSameNumber() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<VersionId>> tasks = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                tasks.add(() -> publish("tune"));
            }
            TreeSet<Integer> numbers = new TreeSet<>();
            for (Future<VersionId> done : threads.invokeAll(tasks)) {
                numbers.add(done.get().version());
            }
            assertThat(numbers).hasSize(24).contains(1, 24);
        } finally {
            threads.shutdown();
        }
        for (VersionId id : models.versions()) {
            models.verify(id);
        }
        assertThat(folder.resolve("tune").toFile().list()).hasSize(24);
    }

    @Test
    void aFailedProofLeavesNothing() throws Exception {
        ModelManifest manifest = TestModels.tiny().manifest();
        assertThatThrownBy(() -> models.publish("tune", manifest, TestModels.files(), staged -> {
                    throw new ModelRefusedException(staged.id(), "out of tune");
                }))
                .hasMessage("tune@1 refused: out of tune");
        assertThat(folder).isEmptyDirectory();
        assertThatThrownBy(() -> models.publish("tune", manifest, TestModels.files(), staged -> {
                    throw new IOException("no space");
                }))
                .hasMessage("no space");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFailedProofLeavesEarlierVersions() throws Exception {
        publish("tune");
        ModelManifest manifest = TestModels.tiny().manifest();
        assertThatThrownBy(() -> models.publish("tune", manifest, TestModels.files(), staged -> {
                    throw new ModelRefusedException(staged.id(), "out of tune");
                }))
                .hasMessageContaining("tune@2 refused");
        assertThat(folder.resolve("tune").toFile().list()).containsExactly("1");
    }

    @Test
    void whatAServerWouldRefuseIsNotPublished() throws Exception {
        ModelManifest manifest = TestModels.tiny().manifest();
        assertThatThrownBy(() -> models.publish(
                        "tune", manifest, java.util.Map.of(VerifiedVersion.MODEL, new byte[] {1}), staged -> {}))
                .isInstanceOf(ModelRefusedException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".x", "X", "a/b", "..", "a b", "-a"})
    void aNameIsNoPath(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> publish(name));
        assertThatIllegalArgumentException().isThrownBy(() -> new VersionId(name, 1));
    }

    @Test
    void versionsAreWrittenWithAnAt() {
        assertThat(VersionId.parse("maestro-paper@12")).isEqualTo(new VersionId("maestro-paper", 12));
        assertThat(new VersionId("maestro-paper", 12)).hasToString("maestro-paper@12");
        for (String wrong : List.of("a", "a@", "a@0", "a@01", "a@x", "@1", "A@1", "a@1@", "a@12345678901")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> VersionId.parse(wrong));
        }
    }

    private VersionId publish(String name) throws Exception {
        return models.publish(name, TestModels.tiny().manifest(), TestModels.files(), staged -> {});
    }
}
