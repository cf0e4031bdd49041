package dev.cadenza.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Generator;
import dev.cadenza.generation.Length;
import dev.cadenza.generation.NoteListener;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VersionId;
import dev.cadenza.onnx.device.DeviceChoice;
import dev.cadenza.server.TinyModel;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.ModelReference;
import dev.cadenza.server.serving.ModelLease;
import dev.cadenza.server.serving.NoModelException;
import dev.cadenza.server.serving.VersionLoader;
import dev.cadenza.server.serving.VersionStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveCatalogTest {
    @TempDir
    private Path models = Path.of("");

    private LiveCatalog open(@Nullable String defaultName) throws Exception {
        return LiveCatalog.open(
                new ModelRepository(models),
                VersionLoader.onnx(DeviceChoice.CPU),
                new CatalogSettings(defaultName, Duration.ZERO, null, true));
    }

    private static void flipOneBit(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private static void assertRefused(LiveCatalog catalog, String reference, ProblemType type, String why) {
        assertThatThrownBy(() -> catalog.lease(ModelReference.parse(reference), OptionalLong.empty()))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.type()).isEqualTo(type);
                    assertThat(problem.detail()).contains(why);
                });
    }

    @Test
    void servesTheHighestGoodVersionAndSaysWhatIsWrongWithTheOthers() throws Exception {
        TinyModel.copyTo(models, "piano", 1);
        TinyModel.copyTo(models, "piano", 9);
        flipOneBit(TinyModel.copyTo(models, "piano", 10).resolve("model.onnx"));
        Files.delete(TinyModel.copyTo(models, "piano", 11).resolve("golden.json"));
        try (LiveCatalog catalog = open(null)) {
            assertThat(catalog.serving("piano")).contains(new VersionId("piano", 9));
            assertThat(catalog.isReady()).isTrue();
            assertThat(catalog.device()).isEqualTo("cpu");
            assertThat(catalog.versions())
                    .extracting(VersionStatus::state)
                    .containsExactly(
                            VersionStatus.State.UNLOADED,
                            VersionStatus.State.READY,
                            VersionStatus.State.REFUSED,
                            VersionStatus.State.REFUSED);
            assertThat(catalog.versions().get(2).reason().orElse("")).contains("sha256");
            assertThat(catalog.versions().get(3).reason().orElse("")).contains("golden.json is missing");
            for (VersionStatus status : catalog.versions()) {
                assertThat(status.reason().orElse("")).doesNotContain(models.toString());
            }

            try (ModelLease lease = catalog.lease(ModelReference.DEFAULT, OptionalLong.empty())) {
                assertThat(lease.id()).isEqualTo(new VersionId("piano", 9));
                assertThat(lease.sha256())
                        .isEqualTo(catalog.versions().get(1).sha256().orElse(""));
            }
            catalog.lease(ModelReference.parse("piano@9"), OptionalLong.empty()).close();
            assertRefused(catalog, "piano@1", ProblemType.VERSION_NOT_SERVING, "version 9 is being served");
            assertRefused(catalog, "piano@10", ProblemType.VERSION_NOT_SERVING, "sha256");
            assertRefused(catalog, "piano@12", ProblemType.UNKNOWN_MODEL, "no such version; there are the versions");
            assertRefused(catalog, "piano:stable", ProblemType.UNKNOWN_MODEL, "label");
            assertRefused(catalog, "organ", ProblemType.UNKNOWN_MODEL, "no such model; there are the models piano");
        }
    }

    @Test
    void aNameWithoutAGoodVersionDoesNotStopTheOthers() throws Exception {
        TinyModel.copyTo(models, "good", 1);
        flipOneBit(TinyModel.copyTo(models, "maestro-performer", 1).resolve("golden.json"));
        try (LiveCatalog catalog = open(null)) {
            assertThat(catalog.defaultName()).isEqualTo("good");
            assertRefused(catalog, "maestro-performer", ProblemType.VERSION_NOT_SERVING, "no version of it is good");
        }
    }

    @Test
    void choosesTheDefaultByFlagThenByName() throws Exception {
        TinyModel.copyTo(models, "other", 1);
        try (LiveCatalog catalog = open(null)) {
            assertThat(catalog.defaultName()).isEqualTo("other");
        }
        TinyModel.copyTo(models, "maestro-paper", 1);
        try (LiveCatalog catalog = open(null)) {
            assertThat(catalog.defaultName()).isEqualTo("maestro-paper");
        }
        TinyModel.copyTo(models, "maestro-performer", 1);
        try (LiveCatalog catalog = open(null)) {
            assertThat(catalog.defaultName()).isEqualTo("maestro-performer");
        }
        try (LiveCatalog catalog = open("other")) {
            assertThat(catalog.defaultName()).isEqualTo("other");
        }
    }

    @Test
    void saysWhyThereIsNothingToServe() throws Exception {
        assertThatThrownBy(() -> open(null))
                .isInstanceOf(NoModelException.class)
                .hasMessageContaining("holds no model");
        flipOneBit(TinyModel.copyTo(models, "piano", 1).resolve("model.onnx"));
        assertThatThrownBy(() -> open(null))
                .isInstanceOf(NoModelException.class)
                .hasMessageContaining("piano@1: model.onnx has sha256");
        TinyModel.copyTo(models, "a", 1);
        TinyModel.copyTo(models, "b", 1);
        assertThatThrownBy(() -> open(null))
                .isInstanceOf(NoModelException.class)
                .hasMessageContaining("--default-model");
        assertThatThrownBy(() -> open("piano"))
                .isInstanceOf(NoModelException.class)
                .hasMessageContaining("sha256");
        assertThatThrownBy(() -> open("c")).isInstanceOf(NoModelException.class).hasMessageContaining("c is not in it");
    }

    @Test
    void lendsNothingAfterItIsClosed() throws Exception {
        TinyModel.copyTo(models, "piano", 1);
        LiveCatalog catalog = open(null);
        ModelLease lease = catalog.lease(ModelReference.DEFAULT, OptionalLong.empty());
        catalog.close();
        assertThatThrownBy(() -> catalog.lease(ModelReference.DEFAULT, OptionalLong.empty()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));
        assertThat(lease.model().description().ticksPerSecond()).isEqualTo(1000);
        Generator.generate(
                lease.model(),
                null,
                GenerationOptions.ofSeed(1).withLength(new Length.Notes(1)),
                NoteListener.SILENT,
                Deadline.NONE);
        lease.close();
    }
}
