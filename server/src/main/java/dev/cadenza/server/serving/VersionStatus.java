package dev.cadenza.server.serving;

import dev.cadenza.model.ModelManifest;
import dev.cadenza.model.VersionId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one version stands. */
public final class VersionStatus {
    /** What can be said of a version's readiness. */
    public enum State {
        /** Verified, loaded and warm. */
        READY,
        /** Found, and still to be looked into, or being looked into. */
        LOADING,
        /** Found, and not being served: a higher version is, or it was unloaded. */
        UNLOADED,
        /** Looked into and found wanting; never served. */
        REFUSED
    }

    private final VersionId id;
    private final State state;
    private final @Nullable String reason;
    private final @Nullable ServedVersion served;

    private VersionStatus(VersionId id, State state, @Nullable String reason, @Nullable ServedVersion served) {
        this.id = id;
        this.state = state;
        this.reason = reason;
        this.served = served;
    }

    /**
     * A version that is being served.
     *
     * @param note what is to be said of it all the same; null if nothing
     */
    public static VersionStatus ready(ServedVersion served, @Nullable String note) {
        return new VersionStatus(served.id(), State.READY, note, served);
    }

    /** A version that will be looked into. */
    public static VersionStatus loading(VersionId id) {
        return new VersionStatus(id, State.LOADING, "it is not checked yet", null);
    }

    /** A version that is being looked into. */
    public static VersionStatus beingLoaded(VersionId id) {
        return new VersionStatus(id, State.LOADING, "it is being loaded", null);
    }

    /** A version that is not loaded, and why. */
    public static VersionStatus unloaded(VersionId id, String reason) {
        return new VersionStatus(id, State.UNLOADED, reason, null);
    }

    /** A version that must not be served, and why. */
    public static VersionStatus refused(VersionId id, String reason) {
        return new VersionStatus(id, State.REFUSED, reason, null);
    }

    public VersionId id() {
        return id;
    }

    public State state() {
        return state;
    }

    public boolean isReady() {
        return state == State.READY;
    }

    /** Why it is not ready; if it is, what is to be said of it all the same. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** What is known of the model; empty if it is not loaded. */
    public Optional<ModelManifest> manifest() {
        return Optional.ofNullable(served).map(ServedVersion::manifest);
    }

    /** SHA-256 of the model file; empty if it is not loaded. */
    public Optional<String> sha256() {
        return Optional.ofNullable(served).map(ServedVersion::sha256);
    }

    /** What its maker says of it, in Markdown; empty if that is nothing or it is not loaded. */
    public Optional<String> card() {
        return Optional.ofNullable(served).flatMap(ServedVersion::card);
    }

    /** Where it runs, such as {@code cpu}; empty if it is not loaded. */
    public Optional<String> device() {
        return Optional.ofNullable(served).map(ServedVersion::device);
    }
}
