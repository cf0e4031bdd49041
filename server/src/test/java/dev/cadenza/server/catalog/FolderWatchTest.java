package dev.cadenza.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.TinyModel;
import dev.cadenza.server.serving.VersionStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server does about a folder that changes under it. */
class FolderWatchTest {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final long PATIENCE_SECONDS = 20;

    @TempDir
    private Path folder;

    private Path models = Path.of("");
    private final CountingLoader loader = new CountingLoader();

    @BeforeEach
    void makeFolder() throws Exception {
        models = Files.createDirectories(folder.resolve("models"));
    }

    private LiveCatalog open() throws Exception {
        return LiveCatalog.open(new ModelRepository(models), loader, new CatalogSettings(null, POLL, null, true));
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("time for: " + what).isLessThan(end);
            Thread.sleep(5);
        }
    }

    private static void awaitServing(LiveCatalog catalog, int version) throws Exception {
        await(
                "piano@" + version,
                () -> catalog.serving("piano")
                        .filter(new VersionId("piano", version)::equals)
                        .isPresent());
    }

    private static String reason(LiveCatalog catalog, int version) {
        return catalog.versions().stream()
                .filter(status -> status.id().equals(new VersionId("piano", version)))
                .findFirst()
                .flatMap(VersionStatus::reason)
                .orElse("");
    }

    @Test
    void waitsForAModelAndServesItWhenItComes() throws Exception {
        try (LiveCatalog catalog = open()) {
            assertThat(catalog.isReady()).isFalse();
            TinyModel.copyTo(models, "piano", 1);
            awaitServing(catalog, 1);
            assertThat(catalog.isReady()).isTrue();
            assertThat(catalog.defaultName()).isEqualTo("piano");
            TinyModel.copyTo(models, "maestro-performer", 1);
            await("the first choice", () -> catalog.defaultName().equals("maestro-performer"));
        }
    }

    @Test
    void aCopyThatGrowsFileByFileIsServedWhenItIsWhole() throws Exception {
        TinyModel.copyTo(models, "piano", 1);
        try (LiveCatalog catalog = open()) {
            Path whole = TinyModel.copyTo(folder.resolve("elsewhere"), "piano", 2);
            Path growing = Files.createDirectories(models.resolve("piano/2"));
            for (String name : new String[] {"manifest.json", "model.onnx", "golden.json"}) {
                Files.copy(whole.resolve(name), growing.resolve(name));
                String next = name.equals("golden.json") ? "MODEL_CARD.md is missing" : "is missing";
                await(next, () -> reason(catalog, 2).contains(next));
                assertThat(catalog.serving("piano")).contains(new VersionId("piano", 1));
            }
            Files.copy(whole.resolve("MODEL_CARD.md"), growing.resolve("MODEL_CARD.md"));
            awaitServing(catalog, 2);
            assertThat(reason(catalog, 1)).isEmpty();
            assertThat(loader.loads("piano@2")).isEqualTo(1);
        }
    }

    @Test
    void aRefusedVersionIsTriedAgainOnlyWhenItsContentChanged() throws Exception {
        TinyModel.copyTo(models, "piano", 1);
        Path bad = TinyModel.copyTo(models, "piano", 2);
        byte[] good = Files.readAllBytes(bad.resolve("golden.json"));
        // Right by its hashes: only the loader finds out.
        TinyModel.replace(
                bad,
                "golden.json",
                new String(good, java.nio.charset.StandardCharsets.UTF_8)
                        .replaceFirst("0\\.[0-9]+", "0.987654")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try (LiveCatalog catalog = open()) {
            await("a refusal", () -> reason(catalog, 2).contains("golden"));
            assertThat(loader.loads("piano@2")).isEqualTo(1);
            Thread.sleep(10 * POLL.toMillis());
            Files.setLastModifiedTime(bad.resolve("golden.json"), FileTime.from(Instant.now()));
            Thread.sleep(10 * POLL.toMillis());
            assertThat(loader.loads("piano@2")).as("same content").isEqualTo(1);
            TinyModel.replace(bad, "golden.json", good);
            awaitServing(catalog, 2);
            assertThat(loader.loads("piano@2")).isBetween(2L, 3L);
        }
    }

    @Test
    void whatIsServedStaysAsItWasLoaded() throws Exception {
        Path one = TinyModel.copyTo(models, "piano", 1);
        try (LiveCatalog catalog = open()) {
            String before = catalog.versions().get(0).sha256().orElse("");
            Path other = TinyModel.variantTo(folder.resolve("elsewhere"), "piano", 1, 50);
            for (String name : new String[] {"model.onnx", "manifest.json"}) {
                Files.copy(other.resolve(name), one.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
            await("a note", () -> reason(catalog, 1).contains("another model"));
            assertThat(catalog.versions().get(0).sha256()).contains(before);
            catalog.load("piano", java.util.OptionalInt.of(1));
            assertThat(catalog.versions().get(0).sha256()).isPresent().isNotEqualTo(java.util.Optional.of(before));
            assertThat(reason(catalog, 1)).isEmpty();
            Files.write(one.resolve("model.onnx"), new byte[10]);
            await("a note", () -> reason(catalog, 1).contains("was changed"));
            assertThat(catalog.isReady()).isTrue();
        }
    }

    @Test
    void aFolderThatGoesMakesRoomForAnotherVersionButTheLastOnePlaysOn() throws Exception {
        TinyModel.copyTo(models, "piano", 1);
        Path two = TinyModel.copyTo(models, "piano", 2);
        try (LiveCatalog catalog = open()) {
            awaitServing(catalog, 2);
            Files.move(two, folder.resolve("gone2"));
            awaitServing(catalog, 1);
            Files.move(models, folder.resolve("gone"));
            await("a note", () -> reason(catalog, 1).contains("gone"));
            assertThat(catalog.isReady()).isTrue();
            Files.move(folder.resolve("gone"), models);
            Files.move(folder.resolve("gone2"), two);
            awaitServing(catalog, 2);
            assertThat(reason(catalog, 1)).isEmpty();
        }
    }
}
