package dev.cadenza.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.TinyModel;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.request.ModelReference;
import dev.cadenza.server.serving.ModelLease;
import dev.cadenza.server.serving.VersionStatus;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Versions whose loading hangs, or ends the process, among others that are good. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StuckLoadTest {
    private static final Duration EVER = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private Path models = Path.of("");
    private Path state = Path.of("");

    @BeforeEach
    void makeFolders() throws Exception {
        models = Files.createDirectories(folder.resolve("models"));
        state = Files.createDirectories(folder.resolve("state"));
        TinyModel.copyTo(models, "piano", 1);
        TinyModel.copyTo(models, "piano", 2);
    }

    private LiveCatalog begin(StuckLoader loader, Duration longestLoad) throws Exception {
        return begin(loader, longestLoad, Duration.ofMillis(50));
    }

    private LiveCatalog begin(StuckLoader loader, Duration longestLoad, Duration poll) throws Exception {
        return LiveCatalog.begin(
                new ModelRepository(models),
                loader,
                new CatalogSettings("piano", poll, state, true, true, longestLoad));
    }

    private static void delete(Path version) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(version)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(version);
    }

    private static String reason(LiveCatalog catalog, String id) {
        return catalog.versions().stream()
                .filter(status -> status.id().equals(VersionId.parse(id)))
                .findFirst()
                .flatMap(VersionStatus::reason)
                .orElse("");
    }

    private static void awaitServing(LiveCatalog catalog, String id) throws InterruptedException {
        VersionId expected = VersionId.parse(id);
        while (!catalog.serving(expected.name()).equals(java.util.Optional.of(expected))) {
            Thread.sleep(5);
        }
    }

    @Test
    void afterTheTimeLimitTheNextBestVersionIsTaken() throws Exception {
        // The first load of a process takes longest.
        LiveCatalog.open(
                        new ModelRepository(TinyModel.models()),
                        new StuckLoader(),
                        new CatalogSettings(null, Duration.ZERO, null, true))
                .close();
        StuckLoader loader = new StuckLoader("piano@2");
        try (LiveCatalog catalog = begin(loader, Duration.ofSeconds(5))) {
            catalog.awaitStart();
            assertThat(catalog.serving("piano")).contains(new VersionId("piano", 1));
            assertThat(reason(catalog, "piano@2")).isEqualTo("loading it took longer than 5.0 s");
            assertThatThrownBy(() -> catalog.load("piano", OptionalInt.of(2)))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("an earlier load of it has not ended yet");
            loader.release();
            while (Files.exists(state.resolve("loading-piano@2"))) {
                Thread.sleep(5);
            }
            catalog.load("piano", OptionalInt.of(2));
            assertThat(catalog.serving("piano")).contains(new VersionId("piano", 2));
        }
    }

    @Test
    void ordersDoNotWaitForAStuckLoad() throws Exception {
        StuckLoader loader = new StuckLoader("piano@2");
        try (LiveCatalog catalog = begin(loader, EVER)) {
            loader.reached.await();
            assertThat(catalog.isReady()).isFalse();
            catalog.load("piano", OptionalInt.of(1));
            assertThat(catalog.serving("piano")).contains(new VersionId("piano", 1));
            catalog.unload("piano", OptionalInt.of(2));
            assertThat(reason(catalog, "piano@2")).isEqualTo("it was unloaded");
            catalog.lease(ModelReference.parse("piano"), OptionalLong.empty()).close();
            loader.release();
            loader.awaitClosed("piano@2");
        }
    }

    @Test
    void whatIsLoadedWhenItsFolderIsGoneIsClosed() throws Exception {
        StuckLoader loader = new StuckLoader("piano@2");
        try (LiveCatalog catalog = begin(loader, EVER, Duration.ofMillis(20))) {
            loader.reached.await();
            catalog.load("piano", OptionalInt.of(1));
            delete(models.resolve("piano").resolve("2"));
            catalog.load("piano", OptionalInt.of(1));
            catalog.load("piano", OptionalInt.of(1));
            loader.release();
            loader.awaitClosed("piano@2");
            assertThat(catalog.serving("piano")).contains(new VersionId("piano", 1));
        }
    }

    @Test
    void whatAHigherVersionOvertookIsClosed() throws Exception {
        StuckLoader loader = new StuckLoader("piano@2");
        try (LiveCatalog catalog = begin(loader, EVER)) {
            loader.reached.await();
            TinyModel.copyTo(models, "piano", 3);
            catalog.load("piano", OptionalInt.of(3));
            assertThat(catalog.serving("piano")).contains(new VersionId("piano", 3));
            loader.release();
            loader.awaitClosed("piano@2");
        }
    }

    @Test
    void whoWaitsNoMoreForALoadIsForgotten() throws Exception {
        StuckLoader loader = new StuckLoader("piano@1", "piano@2");
        try (LiveCatalog catalog = begin(loader, EVER)) {
            loader.reached.await();
            for (int i = 0; i < 1000; i++) {
                CompletableFuture<ModelLease> lease =
                        catalog.leaseWhenLoaded(ModelReference.parse("piano"), OptionalLong.empty());
                assertThat(lease.completeExceptionally(new TimeoutException())).isTrue();
            }
            assertThat(catalog.waiting()).isZero();
            CompletableFuture<ModelLease> last =
                    catalog.leaseWhenLoaded(ModelReference.parse("piano"), OptionalLong.empty());
            assertThat(catalog.waiting()).isEqualTo(1);
            loader.release();
            catalog.awaitStart();
            last.get().close();
            assertThat(catalog.waiting()).isZero();
        }
    }

    @Test
    void theStartEndsWhenItIsToStop() throws Exception {
        StuckLoader loader = new StuckLoader("piano@2");
        LiveCatalog catalog = begin(loader, EVER);
        Thread stopper = new Thread(() -> {
            try {
                loader.reached.await();
                catalog.stopStarting();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stopper.start();
        catalog.awaitStart();
        assertThat(catalog.isReady()).isFalse();
        loader.release();
        catalog.close();
    }

    @Test
    void whatFailsWhileItPlaysMakesWayForTheNextBest() throws Exception {
        StuckLoader loader = new StuckLoader();
        try (LiveCatalog catalog = begin(loader, EVER, EVER)) {
            catalog.awaitStart();
            assertThat(catalog.serving("piano")).contains(new VersionId("piano", 2));
            loader.fail("piano@2", "a run took longer than 20.0 s");
            awaitServing(catalog, "piano@1");
            assertThat(reason(catalog, "piano@2")).isEqualTo("a run took longer than 20.0 s");
            catalog.load("piano", OptionalInt.of(2));
            assertThat(catalog.serving("piano")).as("by an order").contains(new VersionId("piano", 2));
        }
    }

    @Test
    void aVersionIsMarkedWhileItIsLoaded() throws Exception {
        StuckLoader loader = new StuckLoader("piano@2");
        try (LiveCatalog catalog = begin(loader, EVER)) {
            loader.reached.await();
            assertThat(state.resolve("loading-piano@2")).hasContent("1");
            loader.release();
            catalog.awaitStart();
            assertThat(catalog.serving("piano")).contains(new VersionId("piano", 2));
            assertThat(state.resolve("loading-piano@2")).doesNotExist();
        }
    }

    @Test
    void whatEndedTheLastProcessIsTriedLastAndSaysSo() throws Exception {
        Files.writeString(state.resolve("loading-piano@2"), "1");
        try (LiveCatalog catalog = begin(new StuckLoader(), EVER)) {
            catalog.awaitStart();
            assertThat(catalog.serving("piano")).contains(new VersionId("piano", 1));
            assertThat(reason(catalog, "piano@2"))
                    .isEqualTo("the last process ended while it loaded it; it is tried when no other version is good");
            catalog.unload("piano", OptionalInt.of(1));
            assertThat(catalog.serving("piano")).as("the last").contains(new VersionId("piano", 2));
            assertThat(state.resolve("loading-piano@2")).doesNotExist();
        }
    }

    @Test
    void theOnlyVersionIsTriedHoweverManyProcessesItEnded() throws Exception {
        TinyModel.copyTo(models, "alone", 1);
        Files.writeString(state.resolve("loading-alone@1"), "3");
        Files.writeString(state.resolve("loading-piano@2"), "2");
        try (LiveCatalog catalog = begin(new StuckLoader(), EVER)) {
            catalog.awaitStart();
            assertThat(reason(catalog, "piano@2"))
                    .isEqualTo("the last 2 processes ended while they loaded it; it is tried when no other version is"
                            + " good");
            awaitServing(catalog, "alone@1");
            catalog.unload("piano", OptionalInt.of(1));
            assertThat(catalog.serving("piano")).contains(new VersionId("piano", 2));
        }
    }

    @Test
    void whoDoesNotOwnTheStateFolderMarksNothingInIt() throws Exception {
        Files.writeString(state.resolve("loading-piano@1"), "1");
        StuckLoader loader = new StuckLoader("piano@2");
        CatalogSettings settings = new CatalogSettings("piano", Duration.ofMillis(50), state, false, true, EVER);
        try (LiveCatalog catalog = LiveCatalog.begin(new ModelRepository(models), loader, settings)) {
            loader.reached.await();
            assertThat(state.resolve("loading-piano@2")).doesNotExist();
            loader.release();
            catalog.awaitStart();
        }
        assertThat(state.resolve("loading-piano@1")).as("the owner's").hasContent("1");
    }
}
