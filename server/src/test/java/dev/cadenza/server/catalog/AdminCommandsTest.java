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
import dev.cadenza.server.TinyModel;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.ModelReference;
import dev.cadenza.server.serving.Label;
import dev.cadenza.server.serving.ModelLease;
import dev.cadenza.server.serving.VersionStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands of the admin listener, and what of them a restart remembers. The folder is looked at on a command alone. */
class AdminCommandsTest {
    private static final OptionalInt ANY = OptionalInt.empty();

    @TempDir
    private Path folder;

    private Path models = Path.of("");
    private Path state = Path.of("");
    private final CountingLoader loader = new CountingLoader();

    @BeforeEach
    void makeFolders() throws Exception {
        models = Files.createDirectories(folder.resolve("models"));
        state = Files.createDirectories(folder.resolve("state"));
    }

    private LiveCatalog open(@Nullable Path stateFolder) throws Exception {
        return LiveCatalog.open(
                new ModelRepository(models), loader, new CatalogSettings(null, Duration.ZERO, stateFolder, true));
    }

    private void publish(int... versions) {
        for (int version : versions) {
            TinyModel.copyTo(models, "piano", version);
        }
    }

    private static void breakModel(Path version) throws Exception {
        Files.write(version.resolve("model.onnx"), new byte[] {1, 2, 3});
    }

    private static int playing(LiveCatalog catalog, String reference) throws Exception {
        return playing(catalog, reference, OptionalLong.empty());
    }

    private static int playing(LiveCatalog catalog, String reference, OptionalLong seed) throws Exception {
        try (ModelLease lease = catalog.lease(ModelReference.parse(reference), seed)) {
            return lease.id().version();
        }
    }

    private static VersionStatus status(LiveCatalog catalog, int version) {
        return catalog.versions().stream()
                .filter(status -> status.id().equals(new VersionId("piano", version)))
                .findFirst()
                .orElseThrow();
    }

    private static void assertRefused(ProblemType type, String why, ThrowingCallable order) {
        assertThatThrownBy(order).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.type()).as(problem.detail()).isEqualTo(type);
            assertThat(problem.detail()).contains(why);
        });
    }

    @Test
    void aLoadServesTheHighestAndKeepsTheOneBefore() throws Exception {
        publish(1);
        try (LiveCatalog catalog = open(null)) {
            publish(2);
            assertThat(playing(catalog, "piano")).isEqualTo(1);
            catalog.load("piano", ANY);
            assertThat(playing(catalog, "piano")).isEqualTo(2);
            assertThat(playing(catalog, "piano@1")).isEqualTo(1);
            publish(5);
            catalog.load("piano", ANY);
            assertThat(playing(catalog, "piano")).isEqualTo(5);
            assertThat(playing(catalog, "piano@2")).isEqualTo(2);
            assertRefused(
                    ProblemType.VERSION_NOT_SERVING, "version 5 is being served", () -> playing(catalog, "piano@1"));
            assertThat(loader.open()).isEqualTo(2);
            catalog.load("piano", OptionalInt.of(1));
            assertThat(playing(catalog, "piano")).isEqualTo(5);
            assertThat(playing(catalog, "piano@1")).isEqualTo(1);
        }
        assertThat(loader.open()).isZero();
    }

    @Test
    void aLeaseOutlivesWhatReplacesItsVersion() throws Exception {
        publish(1);
        try (LiveCatalog catalog = open(null)) {
            ModelLease old = catalog.lease(ModelReference.parse("piano"), OptionalLong.of(1));
            publish(2, 3);
            catalog.load("piano", OptionalInt.of(2));
            catalog.load("piano", OptionalInt.of(3));
            catalog.unload("piano", OptionalInt.of(1));
            assertThat(status(catalog, 1).isReady()).isFalse();
            Generator.generate(
                    old.model(),
                    null,
                    GenerationOptions.ofSeed(1).withLength(new Length.Notes(1)),
                    NoteListener.SILENT,
                    Deadline.NONE);
            old.close();
        }
    }

    @Test
    void aBadVersionIsNotLoadedAndWhatPlaysStays() throws Exception {
        publish(1, 3);
        breakModel(models.resolve("piano/3"));
        try (LiveCatalog catalog = open(null)) {
            assertRefused(
                    ProblemType.VERSION_NOT_SERVING,
                    "model.onnx has 3 bytes",
                    () -> catalog.load("piano", OptionalInt.of(3)));
            assertRefused(ProblemType.UNKNOWN_MODEL, "no version 4", () -> catalog.load("piano", OptionalInt.of(4)));
            assertRefused(ProblemType.UNKNOWN_MODEL, "no model organ", () -> catalog.load("organ", ANY));
            assertRefused(ProblemType.UNKNOWN_MODEL, "no model ../..", () -> catalog.load("../..", ANY));
            assertThat(playing(catalog, "piano")).isEqualTo(1);
            assertThat(status(catalog, 3).reason().orElse("")).contains("model.onnx has 3 bytes");
        }
    }

    @Test
    void anUnloadedVersionStaysSoUntilItIsLoadedOrAHigherOneComes() throws Exception {
        publish(1, 2);
        try (LiveCatalog catalog = open(state)) {
            catalog.unload("piano", OptionalInt.of(2));
            assertThat(playing(catalog, "piano")).isEqualTo(1);
            assertThat(status(catalog, 2).reason()).contains("it was unloaded");
            assertRefused(ProblemType.VERSION_NOT_SERVING, "unloaded", () -> playing(catalog, "piano@2"));
            catalog.unload("piano", ANY);
            assertThat(catalog.isReady()).isFalse();
            assertRefused(ProblemType.VERSION_NOT_SERVING, "no version of it is", () -> playing(catalog, "piano"));
            assertThat(loader.open()).isZero();
        }
        publish(3);
        try (LiveCatalog catalog = open(state)) {
            assertThat(playing(catalog, "piano")).isEqualTo(3);
            assertThat(status(catalog, 2).reason()).contains("it was unloaded");
            catalog.load("piano", OptionalInt.of(1));
            assertThat(playing(catalog, "piano@1")).isEqualTo(1);
            assertThat(playing(catalog, "piano")).isEqualTo(3);
        }
    }

    @Test
    void aRollbackGoesToWhatWasServedBeforeAndStaysThere() throws Exception {
        publish(2);
        try (LiveCatalog catalog = open(state)) {
            assertRefused(ProblemType.CONFLICT, "no good version before 2", () -> catalog.rollback("piano"));
            publish(4);
            catalog.load("piano", ANY);
            publish(3);
            catalog.rollback("piano");
            assertThat(playing(catalog, "piano")).isEqualTo(2);
            assertThat(status(catalog, 4).reason()).contains("it was rolled back");
            assertThat(loader.loads("piano@3")).isZero();
            assertRefused(ProblemType.CONFLICT, "no good version before 2", () -> catalog.rollback("piano"));
            assertThat(playing(catalog, "piano")).isEqualTo(2);
        }
        try (LiveCatalog catalog = open(state)) {
            assertThat(playing(catalog, "piano")).isEqualTo(2);
            publish(5);
            catalog.load("piano", OptionalInt.of(5));
            assertThat(playing(catalog, "piano")).isEqualTo(5);
            catalog.rollback("piano");
            assertThat(playing(catalog, "piano")).isEqualTo(2);
            catalog.load("piano", ANY);
            assertThat(playing(catalog, "piano")).isEqualTo(5);
        }
        try (LiveCatalog catalog = open(null)) {
            assertThat(playing(catalog, "piano")).isEqualTo(5);
            catalog.rollback("piano");
            assertThat(playing(catalog, "piano"))
                    .as("after a restart the next lower one")
                    .isEqualTo(4);
            catalog.rollback("piano");
            assertThat(playing(catalog, "piano")).isEqualTo(3);
        }
    }

    @Test
    void theStableLabelIsWhatTheBareNameMeans() throws Exception {
        publish(1, 2, 3);
        try (LiveCatalog catalog = open(state)) {
            catalog.label("piano", Label.STABLE, new Label(2, 0));
            assertThat(playing(catalog, "piano")).isEqualTo(2);
            assertThat(playing(catalog, "piano:stable")).isEqualTo(2);
            assertThat(playing(catalog, "piano@3")).isEqualTo(3);
            assertRefused(ProblemType.CONFLICT, "has a label", () -> catalog.unload("piano", OptionalInt.of(2)));
            assertRefused(ProblemType.UNKNOWN_MODEL, "the label is not set", () -> playing(catalog, "piano:best"));
            catalog.label("piano", "best", new Label(1, 0));
            assertThat(playing(catalog, "piano:best")).isEqualTo(1);
            assertThat(loader.open()).isEqualTo(3);
        }
        publish(4);
        try (LiveCatalog catalog = open(state)) {
            assertThat(playing(catalog, "piano")).isEqualTo(2);
            assertThat(catalog.labels("piano")).containsOnlyKeys("stable", "best");
            catalog.label("piano", Label.STABLE, new Label(4, 0));
            assertThat(playing(catalog, "piano")).isEqualTo(4);
            catalog.rollback("piano");
            assertThat(playing(catalog, "piano")).isEqualTo(2);
            assertThat(catalog.labels("piano")).containsEntry("stable", new Label(2, 0));
            catalog.unlabel("piano", "stable");
            assertThat(playing(catalog, "piano")).isEqualTo(4);
            assertRefused(ProblemType.NOT_FOUND, "no label stable", () -> catalog.unlabel("piano", "stable"));
        }
        breakModel(models.resolve("piano/4"));
        try (LiveCatalog catalog = open(state)) {
            assertThat(playing(catalog, "piano")).isEqualTo(3);
            assertRefused(
                    ProblemType.VERSION_NOT_SERVING,
                    "3 bytes",
                    () -> catalog.label("piano", Label.STABLE, new Label(4, 0)));
            assertThat(catalog.labels("piano")).containsOnlyKeys("best");
        }
    }

    @Test
    void theCanaryGetsItsShareAndARepeatedRequestMeetsTheSameVersion() throws Exception {
        publish(1, 2);
        try (LiveCatalog catalog = open(state)) {
            assertRefused(
                    ProblemType.CONFLICT,
                    "stable first",
                    () -> catalog.label("piano", Label.CANARY, new Label(2, 0.25)));
            catalog.label("piano", Label.STABLE, new Label(1, 0));
            catalog.label("piano", Label.CANARY, new Label(2, 0.25));
            assertRefused(
                    ProblemType.CONFLICT, "remove the canary first", () -> catalog.unlabel("piano", Label.STABLE));
            int canaries = 0;
            for (long seed = 0; seed < 2000; seed++) {
                int version = playing(catalog, "piano", OptionalLong.of(seed));
                assertThat(playing(catalog, "piano", OptionalLong.of(seed))).isEqualTo(version);
                canaries += version - 1;
            }
            // 500 expected, standard deviation 19.
            assertThat(canaries).isBetween(420, 580);
            assertThat(playing(catalog, "piano")).as("without a seed").isEqualTo(1);
            assertThat(playing(catalog, "piano:stable", OptionalLong.of(3))).isEqualTo(1);
            assertThat(playing(catalog, "piano:canary", OptionalLong.of(3))).isEqualTo(2);
        }
        assertThat(CanaryDraw.fraction("piano", 7)).as("for ever").isEqualTo(fractionBySha256("piano:7"));
    }

    private static double fractionBySha256(String text) throws Exception {
        byte[] hash = java.security.MessageDigest.getInstance("SHA-256")
                .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new java.math.BigInteger(1, hash).shiftRight(256 - 53).doubleValue() / Math.pow(2, 53);
    }

    @Test
    void whatCannotBeKeptIsNotDone() throws Exception {
        publish(1, 2);
        try (LiveCatalog catalog = open(state)) {
            catalog.label("piano", Label.STABLE, new Label(1, 0));
            Files.delete(state.resolve("choices.json"));
            Files.delete(state);
            assertRefused(
                    ProblemType.UNAVAILABLE,
                    "nothing was changed",
                    () -> catalog.label("piano", Label.STABLE, new Label(2, 0)));
            assertRefused(ProblemType.UNAVAILABLE, "nothing was changed", () -> catalog.unload("piano", ANY));
            assertThat(playing(catalog, "piano")).isEqualTo(1);
        }
    }

    @Test
    void ordersAfterTheEndAreRefused() throws Exception {
        publish(1);
        LiveCatalog catalog = open(null);
        catalog.close();
        assertRefused(ProblemType.UNAVAILABLE, "shutting down", () -> catalog.load("piano", ANY));
        catalog.close();
    }
}
