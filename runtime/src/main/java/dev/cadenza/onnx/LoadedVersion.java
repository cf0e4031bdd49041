package dev.cadenza.onnx;

import dev.cadenza.engine.StepEngine;
import dev.cadenza.engine.StepListener;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.Player;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepTask;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.model.VerifiedVersion;
import dev.cadenza.model.VersionId;
import dev.cadenza.onnx.device.Device;
import dev.cadenza.onnx.device.DeviceChoice;
import dev.cadenza.onnx.device.DeviceUnavailableException;
import dev.cadenza.onnx.device.NativeLibraryException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A version that is ready to play: its graph is loaded, its tensors and metadata agree with its manifest, the golden
 * piece came out right and it is warm. Safe for use from many threads.
 *
 * <p>A player holds a lease. The native session is closed when the last lease is: {@link #close} only ends the
 * leasing.
 *
 * <pre>{@code
 * try (LoadedVersion version = LoadedVersion.load(models.verify(id), DeviceChoice.CPU);
 *         Player player = version.lease().orElseThrow()) {
 *     Piece piece = Generator.generate(player, null, options, NoteListener.SILENT, Deadline.NONE);
 * }
 * }</pre>
 */
public final class LoadedVersion implements AutoCloseable {
    private final VersionId id;
    private final ModelManifest manifest;
    private final String sha256;
    private final String contentSha256;
    private final @Nullable String card;
    private final Device device;
    private final String deviceNote;
    private final GraphSession graph;
    private final StepModel model;
    private final StepEngine engine;
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Duration longestRun;
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private volatile boolean released;

    LoadedVersion(
            VerifiedVersion version,
            Device device,
            String deviceNote,
            GraphSession graph,
            StepModel model,
            StepListener listener,
            Duration longestRun) {
        this.id = version.id();
        this.manifest = version.manifest();
        this.sha256 = version.sha256();
        this.contentSha256 = version.contentSha256();
        this.card = version.card().orElse(null);
        this.device = device;
        this.deviceNote = deviceNote;
        this.graph = graph;
        this.model = model;
        this.engine =
                new StepEngine(version.id().toString(), model, StepEngine.ROWS, listener, longestRun, this::overdue);
        this.longestRun = longestRun;
    }

    /**
     * Loads a version and tries it out.
     *
     * @throws ModelRefusedException if it must not be served
     * @throws DeviceUnavailableException if CUDA was insisted on and does not work here, or, as {@link
     *     NativeLibraryException}, if ONNX Runtime does not work at all
     */
    public static LoadedVersion load(VerifiedVersion version, DeviceChoice choice)
            throws ModelRefusedException, DeviceUnavailableException {
        return load(version, choice, StepListener.NONE);
    }

    /**
     * The same.
     *
     * @param listener gets every run
     */
    public static LoadedVersion load(VerifiedVersion version, DeviceChoice choice, StepListener listener)
            throws ModelRefusedException, DeviceUnavailableException {
        return load(version, choice, listener, TimeLimits.STANDARD);
    }

    /**
     * The same.
     *
     * @param limits the time that the golden replay may take, and a run; building the session cannot be ended
     */
    public static LoadedVersion load(
            VerifiedVersion version, DeviceChoice choice, StepListener listener, TimeLimits limits)
            throws ModelRefusedException, DeviceUnavailableException {
        return VersionLoading.load(version, choice, listener, limits);
    }

    private void overdue() {
        failure.complete("a run took longer than " + longestRun.toMillis() / 1e3 + " s");
        graph.terminate();
    }

    /** Why it can be used no more; empty while it can. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure.getNow(null));
    }

    /** Does something when this can be used no more, or at once if that is so already. */
    public void whenFailed(Runnable then) {
        var unused = failure.thenRun(then);
    }

    public VersionId id() {
        return id;
    }

    public ModelManifest manifest() {
        return manifest;
    }

    /** SHA-256 of its model.onnx. */
    public String sha256() {
        return sha256;
    }

    /** SHA-256 of its manifest.json, which stands for all its files. */
    public String contentSha256() {
        return contentSha256;
    }

    /** The text of its MODEL_CARD.md, if it has one. */
    public Optional<String> card() {
        return Optional.ofNullable(card);
    }

    public Device device() {
        return device;
    }

    /** Why it does not run on CUDA although it might have, in one line; empty if there is nothing to say. */
    public Optional<String> deviceNote() {
        return deviceNote.isEmpty() ? Optional.empty() : Optional.of(deviceNote);
    }

    /** Plays until the caller closes it; empty if this version is closed or has failed and another must be taken. */
    public Optional<Player> lease() {
        if (holders.getAndUpdate(n -> n == 0 ? 0 : n + 1) == 0) {
            return Optional.empty();
        }
        if (closed.get() || failure.isDone()) {
            release();
            return Optional.empty();
        }
        return Optional.of(new Lease());
    }

    /** Whether the native session is gone: closed, and no lease left. */
    public boolean isReleased() {
        return released;
    }

    /** No more leases from now on. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release();
        }
    }

    /**
     * The bare model, for measuring it. It is good while this version is open or leased, and runs on the caller's
     * thread.
     */
    public StepModel model() {
        return model;
    }

    private final class Lease implements Player {
        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public ModelDescription description() {
            return engine.description();
        }

        @Override
        public <A> CompletableFuture<A> play(StepTask<A> task, Deadline deadline, BooleanSupplier wanted) {
            if (closed.get()) {
                throw new IllegalStateException("the lease has been given back");
            }
            return engine.play(task, deadline, wanted);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                release();
            }
        }
    }

    private void release() {
        if (holders.decrementAndGet() == 0) {
            engine.close(() -> {
                graph.close();
                released = true;
            });
        }
    }
}
