package dev.cadenza.server.catalog;

import dev.cadenza.generation.step.Player;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.model.VerifiedVersion;
import dev.cadenza.model.VersionId;
import dev.cadenza.onnx.device.DeviceChoice;
import dev.cadenza.onnx.device.DeviceUnavailableException;
import dev.cadenza.server.serving.ServedVersion;
import dev.cadenza.server.serving.VersionLoader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Loads with ONNX Runtime, but some versions never: not before they are let go. What is loaded can be made to fail. */
final class StuckLoader implements VersionLoader {
    private final VersionLoader loader = VersionLoader.onnx(DeviceChoice.CPU);
    private final List<VersionId> stuck;
    private final CountDownLatch released = new CountDownLatch(1);
    private final Map<VersionId, Failing> loaded = new ConcurrentHashMap<>();
    final CountDownLatch reached = new CountDownLatch(1);

    StuckLoader(String... stuck) {
        this.stuck = Arrays.stream(stuck).map(VersionId::parse).toList();
    }

    @Override
    public ServedVersion load(VerifiedVersion version) throws ModelRefusedException, DeviceUnavailableException {
        if (stuck.contains(version.id())) {
            reached.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Failing failing = new Failing(loader.load(version), new CompletableFuture<>(), new CountDownLatch(1));
        loaded.put(version.id(), failing);
        return failing;
    }

    /** Lets go of what is stuck. */
    void release() {
        released.countDown();
    }

    /** Returns when what is being loaded, or was, has been closed. */
    void awaitClosed(String id) throws InterruptedException {
        while (true) {
            Failing failing = loaded.get(VersionId.parse(id));
            if (failing != null) {
                failing.closed.await();
                return;
            }
            Thread.sleep(5);
        }
    }

    /** What was loaded fails while it plays. */
    void fail(String id, String why) {
        Failing failing = loaded.get(VersionId.parse(id));
        if (failing == null) {
            throw new IllegalArgumentException(id + " must be loaded");
        }
        failing.end.complete(why);
    }

    private record Failing(ServedVersion version, CompletableFuture<String> end, CountDownLatch closed)
            implements ServedVersion {
        @Override
        public VersionId id() {
            return version.id();
        }

        @Override
        public ModelManifest manifest() {
            return version.manifest();
        }

        @Override
        public String sha256() {
            return version.sha256();
        }

        @Override
        public Optional<String> card() {
            return version.card();
        }

        @Override
        public String device() {
            return version.device();
        }

        @Override
        public Optional<String> deviceNote() {
            return version.deviceNote();
        }

        @Override
        public Optional<Player> lease() {
            return end.isDone() ? Optional.empty() : version.lease();
        }

        @Override
        public Optional<String> failure() {
            return Optional.ofNullable(end.getNow(null));
        }

        @Override
        public void whenFailed(Runnable then) {
            var unused = end.thenRun(then);
        }

        @Override
        public void close() {
            version.close();
            closed.countDown();
        }
    }
}
